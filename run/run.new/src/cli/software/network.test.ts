import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../util/errors.ts';
import { createBuildNetwork, parseMirrors } from './network.ts';
import { parseBundle, toTrustStore } from './trust-store.ts';

const bundle = { path: 'ca.pem', pem: rootCertificates.slice(0, 3).join('\n') };

function read(network: ReturnType<typeof createBuildNetwork>, name: string): string {
  return Buffer.from(network.files.find(([path]) => path.endsWith(`/${name}`))?.[1] ?? []).toString();
}

describe('createBuildNetwork', () => {
  it('is nothing where nothing is asked for', () => {
    const { env, files, prepare, clean } = createBuildNetwork({ mirrors: {}, env: { HOME: '/root' } });

    expect({ env, files, prepare, clean }).toEqual({ env: {}, files: [], prepare: '', clean: '' });
  });

  it('puts all files below the folder that is taken away', () => {
    const mirrors = parseMirrors([
      'apt=http://a.example/debian',
      'maven=https://m.example/',
      'composer=https://c.example',
    ]);
    const { files, scratch } = createBuildNetwork({ bundle, mirrors, env: {} });

    expect(files.length).toBeGreaterThan(5);
    expect(files.every(([path]) => `/${path}`.startsWith(`${scratch}/`))).toBe(true);
  });

  it('tells each ecosystem which certificates to trust', () => {
    const { env } = createBuildNetwork({ bundle, mirrors: {}, env: {} });

    for (const name of ['SSL_CERT_FILE', 'PIP_CERT', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO']) {
      expect(env[name]).toBe('/.envmint-network/ca.pem');
    }
    expect(env.JAVA_TOOL_OPTIONS).toContain('-Djavax.net.ssl.trustStore=/.envmint-network/ca.jks');
    expect(read(createBuildNetwork({ bundle, mirrors: {}, env: {} }), 'apt.conf')).toContain('ca.pem');
  });

  it('tells each ecosystem where its mirror is', () => {
    const mirrors = parseMirrors([
      'pypi=https://p.example/simple/',
      'npm=https://n.example',
      'go=https://g.example',
      'maven=https://m.example/a?b&c',
      'apt=http://a.example/debian',
    ]);
    const network = createBuildNetwork({ mirrors, env: {} });

    expect(network.env).toMatchObject({
      PIP_INDEX_URL: 'https://p.example/simple',
      UV_DEFAULT_INDEX: 'https://p.example/simple',
      npm_config_registry: 'https://n.example',
      GOPROXY: 'https://g.example',
      APT_CONFIG: '/.envmint-network/apt.conf',
    });
    expect(read(network, 'settings.xml')).toContain('<url>https://m.example/a?b&amp;c</url>');
    expect(read(network, 'sources.list')).toContain('deb http://a.example/debian SUITE main');
  });

  it('hands on the proxy, in the words of those who read no variables as well', () => {
    const env = { HTTPS_PROXY: 'http://user:p%26w@proxy.example:3128', no_proxy: 'localhost, .example' };

    const network = createBuildNetwork({ mirrors: {}, env });

    expect(network.env).toMatchObject({ https_proxy: env.HTTPS_PROXY, NO_PROXY: env.no_proxy });
    expect(network.env.HTTP_PROXY).toBeUndefined();
    expect(network.env.JAVA_TOOL_OPTIONS).toBe(
      '-Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=localhost|*.example',
    );
    expect(read(network, 'settings.xml')).toContain('<password>p&amp;w</password>');
  });

  it('leaves nothing behind, and what was there before', () => {
    const home = mkdtempSync(join(tmpdir(), 'envmint-home-'));
    const { prepare, clean, scratch } = createBuildNetwork({ mirrors: { maven: 'https://m.example' }, env: {} });
    const run = (script: string) =>
      execFileSync('bash', [
        '-euo',
        'pipefail',
        '-c',
        script.replaceAll('/root/', `${home}/`).replaceAll(scratch, home),
      ]);
    const list = () => execFileSync('find', [home, '-type', 'f', '-o', '-type', 'l'], { encoding: 'utf8' });
    try {
      run(prepare);
      const links = list();
      run(clean);
      const afterwards = list();
      run('mkdir -p /root/.m2');
      writeFileSync(join(home, '.m2/settings.xml'), 'own');
      run(prepare);
      run(clean);
      run('mkdir -p /root/.gradle && rm -rf /root/.gradle');
      run(prepare);
      run('rm -rf /root/.gradle');
      run(clean);

      expect(links.trim().split('\n')).toHaveLength(2);
      expect(afterwards).toBe('');
      expect(list().trim()).toBe(join(home, '.m2/settings.xml'));
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

describe('parseMirrors', () => {
  it.each(['pypi', 'pypi=', 'perl=https://x.example', 'npm=ftp://x.example', '=https://x.example'])(
    'refuses %s and says what it wants',
    (text) => {
      expect(() => parseMirrors([text])).toThrow(UsageError);
      expect(() => parseMirrors([text])).toThrow(/apt, pypi, npm, maven, go, composer/);
    },
  );
});

describe('toTrustStore', () => {
  it('holds each certificate whole, after the header of a key store of version 2', () => {
    const certificates = parseBundle(bundle.pem, bundle.path);

    const store = toTrustStore(certificates);

    expect(store.subarray(0, 12).toString('hex')).toBe('feedfeed0000000200000003');
    expect(certificates.every((der) => store.includes(der))).toBe(true);
    expect(toTrustStore(certificates)).toEqual(store);
  });

  it.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'refuses a bundle that is none (%#)',
    (pem) => {
      expect(() => parseBundle(pem, 'ca.pem')).toThrow(UsageError);
    },
  );
});
