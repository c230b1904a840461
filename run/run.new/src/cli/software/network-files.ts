export interface ProxySettings {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached without it, with commas between them. */
  readonly none: string | undefined;
}

export interface AptSettings {
  readonly mirror: string | undefined;
  readonly bundlePath: string | undefined;
  readonly scratch: string;
}

/** Settings that APT_CONFIG names, so that the image's own stay as they are. `prepare` fills in the suite, which only the container knows. */
export function toApt({ mirror, bundlePath, scratch }: AptSettings): {
  readonly files: [string, string][];
  readonly prepare: string;
} {
  const lines = [
    ...(bundlePath ? [`Acquire::https::CAInfo "${bundlePath}";`] : []),
    ...(mirror ? [`Dir::Etc::sourcelist "${scratch}/sources.list";`, 'Dir::Etc::sourceparts "-";'] : []),
  ];
  if (lines.length === 0) return { files: [], prepare: '' };
  const conf: [string, string] = ['apt.conf', `${lines.join('\n')}\n`];
  if (!mirror) return { files: [conf], prepare: '' };
  const list: [string, string] = ['sources.list', `deb ${mirror} SUITE main\ndeb ${mirror} SUITE-updates main\n`];
  const prepare = `. /etc/os-release; sed -i "s/SUITE/$VERSION_CODENAME/" ${scratch}/sources.list`;
  return { files: [conf, list], prepare };
}

/** Maven's user settings: it reads no variable for either. */
export function toMavenSettings(mirror: string | undefined, proxy: ProxySettings): string {
  const mirrors = mirror
    ? [`<mirrors><mirror><id>envmint</id><mirrorOf>external:*</mirrorOf><url>${toXml(mirror)}</url></mirror></mirrors>`]
    : [];
  const proxies = (['http', 'https'] as const).flatMap((scheme) => {
    const address = proxy[scheme];
    if (!address) return [];
    const { hostname, port, username, password } = new URL(address);
    const login = username
      ? `<username>${toXml(decodeURIComponent(username))}</username><password>${toXml(decodeURIComponent(password))}</password>`
      : '';
    const around = proxy.none ? `<nonProxyHosts>${toXml(proxy.none.replaceAll(/,\s*/g, '|'))}</nonProxyHosts>` : '';
    return `<proxy><id>${scheme}</id><active>true</active><protocol>${scheme}</protocol><host>${toXml(hostname)}</host><port>${port || '80'}</port>${login}${around}</proxy>`;
  });
  const all = proxies.length > 0 ? [`<proxies>${proxies.join('')}</proxies>`] : [];
  return `<settings>${[...mirrors, ...all].join('')}</settings>\n`;
}

/** An init script: what asks Maven Central asks the mirror. */
export function toGradle(mirror: string): string {
  return `def redirect = { repositories ->
  repositories.withType(org.gradle.api.artifacts.repositories.MavenArtifactRepository).configureEach {
    if (it.url?.host in ['repo.maven.apache.org', 'repo1.maven.org', 'jcenter.bintray.com']) it.setUrl(${JSON.stringify(mirror)})
  }
}
allprojects {
  redirect(buildscript.repositories)
  redirect(repositories)
}
`;
}

function toXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
