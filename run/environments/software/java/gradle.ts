import type { Recipe, Step, Suite } from '../../../src/domain/recipe.ts';
import { quote } from '../shared/shell.ts';
import { collect, joinClasses, listen, onCopy, prepare, SAMPLE_TESTS } from './scripts.ts';

const HOME = '/opt/gradle-home';
const REPORTS = '*/build/test-results/*/TEST-*.xml';

export interface GradleVersion {
  /** As the wrapper's address says. */
  readonly version: string;
  readonly url: string;
  readonly sha256: string | undefined;
}

export function parseWrapper(properties: string): GradleVersion | undefined {
  const url = /^\s*distributionUrl\s*=\s*(\S+)/m.exec(properties)?.[1]?.replaceAll('\\:', ':');
  const version = /gradle-(\d+(?:\.\d+)*(?:-[\w.-]+?)?)-(?:bin|all)\.zip$/.exec(url ?? '')?.[1];
  if (url === undefined || version === undefined) return undefined;
  const sha256 = /^\s*distributionSha256Sum\s*=\s*([0-9a-f]{64})/m.exec(properties)?.[1];
  return { version, url: url.replace(/-all\.zip$/, '-bin.zip'), sha256: url.endsWith('-all.zip') ? undefined : sha256 };
}

/** The newest JDK that a version of Gradle runs on, by its compatibility matrix. */
export function newestJdk(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const at = major * 100 + minor;
  const rows = [
    [901, 25],
    [900, 24],
    [805, 21],
    [800, 19],
    [703, 17],
    [700, 16],
    [500, 11],
  ] as const;
  return rows.find(([from]) => at >= from)?.[1] ?? 8;
}

/** Debian has patched its own, 4.4.1, to run on the JDKs of its suites: it stands in for every older one. */
export function isDebians(version: string | undefined): boolean {
  return version === undefined || newestJdk(version) < 11;
}

export function gradlePackages(version: string | undefined, suite: Suite): readonly string[] {
  if (!isDebians(version)) return ['curl', 'unzip'];
  return suite === 'trixie' ? ['gradle', 'libgradle-plugins-java'] : ['gradle'];
}

/** The version of the wrapper, from where the wrapper would load it; \`GRADLE_DISTRIBUTIONS\` names another server with the same files. */
export function gradleToolchain(gradle: GradleVersion | undefined): readonly Step[] {
  const init = { name: 'gradle-init', run: `mkdir -p /opt/envmint/gradle-init\n${INIT}` };
  if (gradle === undefined || isDebians(gradle.version)) return [init];
  const { version, url, sha256 } = gradle;
  const check = sha256 === undefined ? '' : `echo '${sha256}  /tmp/gradle.zip' | sha256sum -c -\n`;
  const run = `url=${quote(url)}
if [ -n "\${GRADLE_DISTRIBUTIONS:-}" ]; then url="$GRADLE_DISTRIBUTIONS/\${url##*/}"; fi
curl -fsSL --retry 3 -o /tmp/gradle.zip "$url"
${check}unzip -q /tmp/gradle.zip -d /opt/envmint
rm /tmp/gradle.zip
ln -sf /opt/envmint/gradle-${version}/bin/gradle /usr/local/bin/gradle
gradle --version`;
  return [{ name: 'gradle', run }, init];
}

/** All modules report, whatever fails; a module without the wanted tests is none that fails; nothing is taken for up to date. */
const INIT = `cat > /opt/envmint/gradle-init/init.gradle <<'END'
allprojects {
  tasks.withType(Test) { test ->
    test.ignoreFailures = true
    test.filter.failOnNoMatchingTests = false
    test.maxParallelForks = 1
    test.outputs.upToDateWhen { false }
  }
}
END`;

export interface GradleChoice {
  /** Seen from the recipe's folder. */
  readonly modules: readonly string[];
  readonly classes: readonly string[];
}

const GRADLE = `gradle() { command gradle --no-daemon --console=plain --no-build-cache --continue -Dorg.gradle.parallel=false \\
  "-Dorg.gradle.jvmargs=$GRADLE_OPTS"   -Porg.gradle.java.installations.auto-download=false -I /opt/envmint/gradle-init/init.gradle "$@"; }`;

export const gradleEnv = { GRADLE_USER_HOME: HOME } as const;

function task(module: string, name: string): string {
  return module === '.' ? `:${name}` : `:${module.replaceAll('/', ':')}:${name}`;
}

export function gradleDependencies({ modules }: GradleChoice): readonly Step[] {
  const script = `${GRADLE}
${SAMPLE_TESTS}
arguments=()
${modules
  .map(
    (module) =>
      `arguments+=(${quote(task(module, 'test'))})\nfor class in $(sample ${quote(module)}); do arguments+=(--tests "*$class"); done`,
  )
  .join('\n')}
gradle "\${arguments[@]}"`;
  return [
    {
      name: 'warm-up',
      run: `mkdir -p ${HOME}\n${onCopy(script)}\nrm -rf ${HOME}/daemon ${HOME}/caches/*/scripts* ${HOME}/caches/journal-1/*.lock`,
    },
  ];
}

export function gradleBuild({ modules }: GradleChoice): readonly Step[] {
  const tasks = modules.map((module) => quote(task(module, 'testClasses'))).join(' ');
  return [{ name: 'compile', run: `${GRADLE}\ngradle --offline ${tasks}` }];
}

export function gradleTests({ modules, classes }: GradleChoice): Recipe['test'] {
  const script = (before: string, tasks: string) =>
    [prepare(REPORTS), GRADLE, before, listen(`gradle --offline ${tasks}`), collect(REPORTS)]
      .filter((part) => part !== '')
      .join('\n');
  const tasks = modules.map((module) => quote(task(module, 'test')));
  const wide = script('', tasks.join(' '));
  const filter = `${joinClasses(classes)}
filters=()
for class in \${classes//,/ }; do filters+=(--tests "*$class"); done`;
  const filtered = tasks.map((name) => `${name} "\${filters[@]}"`).join(' ');
  return { files: classes.length === 0 ? wide : script(filter, filtered), package: wide, all: script('', 'test') };
}
