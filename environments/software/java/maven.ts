import type { Recipe, Step } from '../../../src/domain/recipe.ts';
import { quote } from '../shared/shell.ts';
import { compareVersions } from '../shared/versions.ts';
import type { Jdk } from './jdk.ts';
import { PLAIN_COMPILER } from './plain-compiler.ts';
import { collect, joinClasses, listen, onCopy, prepare, SAMPLE_TESTS } from './scripts.ts';

/** Plugins that look at the code, sign it, document it or ask git: none of them decides whether a test passes. */
const SKIPS = [
  'enforcer.skip',
  'checkstyle.skip',
  'pmd.skip',
  'cpd.skip',
  'spotbugs.skip',
  'findbugs.skip',
  'jacoco.skip',
  'cobertura.skip',
  'rat.skip',
  'license.skip',
  'license.skipCheckLicense',
  'animal.sniffer.skip',
  'forbiddenapis.skip',
  'spotless.check.skip',
  'spotless.apply.skip',
  'spring-javaformat.skip',
  'fmt.skip',
  'formatter.skip',
  'impsort.skip',
  'xml-format.skip',
  'sort.skip',
  'tidy.skip',
  'gpg.skip',
  'maven.javadoc.skip',
  'maven.source.skip',
  'maven.gitcommitid.skip',
  'maven.buildNumber.skip',
  'mdep.analyze.skip',
  'japicmp.skip',
  'revapi.skip',
  'clirr.skip',
  'dependency-check.skip',
  'ossindex.skip',
  'sonar.skip',
  'cyclonedx.skip',
  'invoker.skip',
];

/** One virtual machine, classes by name, no second try: a run is the same each time. */
const SURE = [
  'skipTests=false',
  'maven.test.skip=false',
  'maven.test.failure.ignore=true',
  'failIfNoTests=false',
  'surefire.failIfNoSpecifiedTests=false',
  'surefire.rerunFailingTestsCount=0',
  'surefire.runOrder=alphabetical',
  'surefire.skipAfterFailureCount=0',
  'forkCount=1',
  'style.color=never',
];

const REPORTS = '*/target/surefire-reports/TEST-*.xml';

export interface MavenChoice {
  readonly jdk: Jdk;
  /** Seen from the recipe's folder. */
  readonly modules: readonly string[];
  /** Of the poms of the reactor, seen from the recipe's folder. */
  readonly folders: readonly string[];
  /** Simple names of the changed test classes. */
  readonly classes: readonly string[];
  /** Patterns of the only classes that surefire is told to run; none where it runs all that are named as tests. */
  readonly includes: readonly string[];
  /** Whether the code asks for a level that the compiler refuses. */
  readonly isTooOld: boolean;
  /** Whether the poms ask for another compiler than javac, that no JDK of the suites runs. */
  readonly hasOtherCompiler: boolean;
}

/** The compiler as a program of its own, so that \`javac\` of ours can raise the levels that it is asked for. */
const OWN_COMPILER = ['maven.compiler.fork=true', 'maven.compiler.executable=/opt/envmint/java/javac'];

function flagsOf({ isTooOld, hasOtherCompiler }: MavenChoice): string {
  const properties = [...SKIPS, ...SURE, ...(isTooOld ? OWN_COMPILER : [])].map((property) => `-D${property}`);
  return `maven() { mvn -B -ntp ${[...properties, ...(hasOtherCompiler ? [PLAIN_COMPILER] : [])].join(' ')} "$@"; }`;
}

function selection({ modules, folders }: MavenChoice): string {
  return folders.length > 1 ? `-pl ${quote(modules.join(','))} -am` : '';
}

/** Runs some of the tests of each module with network: \`dependency:go-offline\` does not know what surefire and other plugins load at run time. */
export function mavenDependencies(choice: MavenChoice): readonly Step[] {
  const script = `${flagsOf(choice)}
${SAMPLE_TESTS}
classes=$(sample ${choice.folders.map(quote).join(' ')} | paste -sd, -)
maven \${MAVEN_SETTINGS:+-s "$MAVEN_SETTINGS"} ${selection(choice)} test \${classes:+-Dtest="$classes"}`;
  return [
    { name: 'warm-up', run: onCopy(script) },
    // They say from which server a file came; offline, Maven refuses those of a server that it does not know by that name.
    { name: 'forget-servers', run: `find ~/.m2 -name '_remote.repositories' -delete -o -name '*.lastUpdated' -delete` },
  ];
}

export function mavenBuild(choice: MavenChoice): readonly Step[] {
  return [{ name: 'compile', run: `${flagsOf(choice)}\nmaven -o ${selection(choice)} test-compile` }];
}

export function mavenTests(choice: MavenChoice): Recipe['test'] {
  const script = (rest: string, before = '') =>
    [prepare(REPORTS), flagsOf(choice), before, listen(`maven -o ${rest}`), collect(REPORTS)]
      .filter((part) => part !== '')
      .join('\n');
  const only = (names: readonly string[]) => script(`${selection(choice)} test "-Dtest=$classes"`, joinClasses(names));
  const { classes, includes, folders } = choice;
  // Where only some classes are run, canary tests are named beside them.
  const wide = includes.length === 0 ? script(`${selection(choice)} test`) : only(includes);
  return {
    files: classes.length === 0 ? wide : only(classes),
    package: wide,
    // Modules whose dependencies nobody fetched fail by themselves, and keep no other from running.
    all: folders.length > 1 ? script('-fae test') : wide,
  };
}

/** Debian's Maven, or the one of the wrapper where that is newer: it is an artifact like others, so mirrors apply. */
export function mavenToolchain(jdk: Jdk, wrapper: string | undefined): readonly Step[] {
  if (wrapper === undefined || compareVersions(wrapper, jdk.maven) <= 0) return [];
  const run = `mkdir -p /opt/envmint/maven
mvn -B -ntp -q \${MAVEN_SETTINGS:+-s "$MAVEN_SETTINGS"} org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \\
  -Dartifact=org.apache.maven:apache-maven:${wrapper}:tar.gz:bin -DoutputDirectory=/tmp/maven
tar -xzf /tmp/maven/apache-maven-${wrapper}-bin.tar.gz -C /opt/envmint/maven --strip-components=1
rm -rf /tmp/maven ~/.m2
ln -sf /opt/envmint/maven/bin/mvn /usr/local/bin/mvn
mvn -version`;
  return [{ name: 'maven', run }];
}

/** Raises levels that the compiler has given up, on the command line and in the files that Maven hands over. */
export function oldLevels({ oldest }: Jdk): Step {
  return {
    name: 'old-levels',
    run: `mkdir -p /opt/envmint/java
cat > /opt/envmint/java/javac <<'END'
#!/bin/bash
set -euo pipefail
for argument in "$@"; do
  case $argument in
    @*) sed -E -z -i 's/(-(source|target|-release)"?[[:space:]]+"?)(1\\.)?[1-${oldest - 1}]("?([[:space:]]|$))/\\1${oldest}\\4/g' "\${argument#@}" ;;
  esac
done
exec "$JAVA_HOME/bin/javac" "$@"
END
chmod +x /opt/envmint/java/javac`,
  };
}
