import type { BuildNetwork } from '../../stages/build/index.ts';
import { UsageError } from '../../util/errors.ts';
import { type ProxySettings, toApt, toGradle, toMavenSettings } from './network-files.ts';
import { parseBundle, TRUST_STORE_PASSWORD, toTrustStore } from './trust-store.ts';

export const ECOSYSTEMS = ['apt', 'pypi', 'npm', 'maven', 'go', 'composer'] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];
export type Mirrors = Readonly<Partial<Record<Ecosystem, string>>>;

export interface NetworkSettings {
  /** PEM: every certificate that is to be trusted, instead of the image's own. */
  readonly bundle?: { readonly path: string; readonly pem: string } | undefined;
  readonly mirrors: Mirrors;
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are read from, in either case. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the steps of a build need to reach registries on this machine. All of it is taken out of the container before the layer is kept. */
export const SCRATCH = '/.envmint-network';

export function createBuildNetwork({ bundle, mirrors, env }: NetworkSettings): BuildNetwork {
  const proxy = readProxy(env);
  const files: [string, string | Uint8Array][] = [];
  const bundlePath = `${SCRATCH}/ca.pem`;
  if (bundle) {
    files.push(['ca.pem', bundle.pem], ['ca.jks', toTrustStore(parseBundle(bundle.pem, bundle.path))]);
  }
  const apt = toApt({ mirror: mirrors.apt, bundlePath: bundle && bundlePath, scratch: SCRATCH });
  const hasMaven = mirrors.maven !== undefined || proxy.http !== undefined || proxy.https !== undefined;
  files.push(...apt.files);
  if (hasMaven) files.push(['settings.xml', toMavenSettings(mirrors.maven, proxy)]);
  if (mirrors.maven) files.push(['mirror.gradle', toGradle(mirrors.maven)]);
  if (mirrors.composer) files.push(['composer/config.json', toComposer(mirrors.composer)]);
  return {
    scratch: SCRATCH,
    files: files.map(([name, content]) => [`${SCRATCH.slice(1)}/${name}`, Buffer.from(content)]),
    env: {
      ...proxyEnv(proxy),
      ...(bundle ? bundleEnv(bundlePath) : {}),
      ...mirrorEnv(mirrors),
      ...(apt.files.length > 0 ? { APT_CONFIG: `${SCRATCH}/apt.conf` } : {}),
      ...javaEnv(proxy, bundle !== undefined),
    },
    ...toScripts(files, apt.prepare),
  };
}

/** "pypi=https://…", once for each ecosystem. Throws UsageError. */
export function parseMirrors(texts: readonly string[]): Mirrors {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      const [name, url] = [text.slice(0, equals), text.slice(equals + 1)];
      const ecosystem = ECOSYSTEMS.find((known) => known === name);
      const isUrl = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
      if (!ecosystem || !isUrl) {
        throw new UsageError(`--mirror ${text}: give NAME=ADDRESS, NAME being one of ${ECOSYSTEMS.join(', ')}`);
      }
      return [ecosystem, url.replace(/\/+$/, '')];
    }),
  );
}

function readProxy(env: NetworkSettings['env']): ProxySettings {
  const read = (name: string) => env[name.toUpperCase()] || env[name] || undefined;
  return { http: read('http_proxy'), https: read('https_proxy'), none: read('no_proxy') };
}

function proxyEnv({ http, https, none }: ProxySettings): Record<string, string> {
  const values = Object.entries({ http_proxy: http, https_proxy: https, no_proxy: none });
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value ? [name, name.toUpperCase()].map((key) => [key, value]) : [])),
  );
}

function bundleEnv(path: string): Record<string, string> {
  const names = [
    'SSL_CERT_FILE',
    'PIP_CERT',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'npm_config_cafile',
    'YARN_HTTPS_CA_FILE_PATH',
    'GIT_SSL_CAINFO',
    'CARGO_HTTP_CAINFO',
  ];
  return Object.fromEntries(names.map((name) => [name, path]));
}

function mirrorEnv({ pypi, npm, go, composer }: Mirrors): Record<string, string> {
  const index = pypi && { PIP_INDEX_URL: pypi, UV_DEFAULT_INDEX: pypi, UV_INDEX_URL: pypi };
  const registry = npm && { npm_config_registry: npm, YARN_NPM_REGISTRY_SERVER: npm, COREPACK_NPM_REGISTRY: npm };
  return {
    ...index,
    ...registry,
    ...(go && { GOPROXY: go }),
    ...(composer && { COMPOSER_HOME: `${SCRATCH}/composer` }),
  };
}

/** Java reads neither the proxy's variables nor PEM files. */
function javaEnv({ http, https, none }: ProxySettings, hasBundle: boolean): Record<string, string> {
  const of = (scheme: string, address: string | undefined) => {
    if (!address) return [];
    const { hostname, port } = new URL(address);
    return [`-D${scheme}.proxyHost=${hostname}`, `-D${scheme}.proxyPort=${port || '80'}`];
  };
  const around = none?.split(',').map((host) => host.trim().replace(/^\./, '*.'));
  const store = `-Djavax.net.ssl.trustStore=${SCRATCH}/ca.jks -Djavax.net.ssl.trustStorePassword=${TRUST_STORE_PASSWORD}`;
  const options = [
    ...of('http', http),
    ...of('https', https),
    ...(around && (http || https) ? [`-Dhttp.nonProxyHosts=${around.join('|')}`] : []),
    ...(hasBundle ? [store, '-Djavax.net.ssl.trustStoreType=JKS'] : []),
  ];
  return options.length > 0 ? { JAVA_TOOL_OPTIONS: options.join(' ') } : {};
}

function toComposer(url: string): string {
  return JSON.stringify({ repositories: [{ type: 'composer', url }, { 'packagist.org': false }] });
}

const homes: Readonly<Record<string, string>> = {
  'settings.xml': '/root/.m2/settings.xml',
  'mirror.gradle': '/root/.gradle/init.d/envmint-mirror.gradle',
};

/** Programs that look for settings in the home folder only find a link there; a file of the image's own stays. */
function toScripts(
  files: readonly (readonly [string, unknown])[],
  first: string,
): Pick<BuildNetwork, 'prepare' | 'clean'> {
  const links = files.flatMap(([name]) => {
    const home = homes[name];
    return home === undefined
      ? []
      : [{ home, target: `${SCRATCH}/${name}`, folder: home.slice(0, home.lastIndexOf('/')) }];
  });
  const prepare = links.flatMap(({ home, target, folder }) => [
    `mkdir -p ${folder}`,
    `[ -e ${home} ] || ln -s ${target} ${home}`,
  ]);
  const clean = links.flatMap(({ home, target, folder }) => [
    `[ "$(readlink ${home})" != ${target} ] || rm ${home}`,
    `[ ! -d ${folder} ] || rmdir --ignore-fail-on-non-empty ${folder}`,
  ]);
  return { prepare: [first, ...prepare].join('\n').trim(), clean: clean.join('\n') };
}
