import type { Recipe } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { type CiFile, ciValues, readCi } from '../shared/ci.ts';
import { folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import {
  type GradleVersion,
  gradleBuild,
  gradleDependencies,
  gradleEnv,
  gradlePackages,
  gradleTests,
  gradleToolchain,
  isDebians,
  newestJdk,
  parseWrapper,
} from './gradle.ts';
import { narrowIncludes } from './includes.ts';
import { chooseJdks, isTooOld, type Jdk } from './jdk.ts';
import { type Layout, manifestsOf } from './layout.ts';
import { type Levels, levelsOf, toLevel } from './levels.ts';
import { type MavenChoice, mavenBuild, mavenDependencies, mavenTests, mavenToolchain, oldLevels } from './maven.ts';
import { asksForOtherCompiler, plainCompiler } from './plain-compiler.ts';

export const STACK = { name: 'java', version: '6' } as const;

const PACKAGES = ['findutils', 'procps', 'tzdata'];
// For the tool's own virtual machine, which lives for seconds: a third less processor time (measured on a module of three test classes).
const BRIEF = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
/**
 * Where a build names no size, a test process gets half of the container's memory: a quarter is what a virtual machine takes by itself, and with the usual
 * 4 GiB that is less than on the machines of a CI, where the tests of commons-text need more than 1 GiB.
 */
const HEAP = { JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=50' } as const;
const CI_KEYS = ['java-version', 'java', 'jdk', 'java_version', 'distribution-version'];

interface Facts {
  readonly project: Project;
  readonly layout: Layout;
  readonly levels: Levels;
  readonly ci: readonly number[];
  readonly classes: readonly string[];
  readonly manifests: readonly string[];
  readonly hasOtherCompiler: boolean;
  readonly includes: readonly string[];
  readonly isPinned: boolean;
}

/** Recipes for one build of the repository, one for each JDK that is worth a try. */
export async function toRecipes(project: Project, layout: Layout): Promise<readonly Recipe[]> {
  const manifests = manifestsOf(layout, project);
  const texts = await Promise.all(manifests.map(async (path) => (await project.read(path)) ?? ''));
  const above = texts.filter((_, index) => isAbove(manifests[index] ?? '', layout));
  const facts: Facts = {
    project,
    layout,
    levels: levelsOf(above),
    ci: ciJdks(await readCi(project)),
    classes: classesOf(project, layout),
    manifests,
    hasOtherCompiler: asksForOtherCompiler(texts),
    includes: narrowIncludes(above),
    isPinned: !texts.some((text) =>
      /<version>\s*(?:[[(]|LATEST|RELEASE)|['":][\w.-]+:(?:\+|latest\.|[\d.]+\.\+)/.test(text),
    ),
  };
  return layout.tool === 'maven' ? mavenRecipes(facts) : gradleRecipes(facts);
}

/** Whether a manifest has a say in one of the changed modules: it is theirs, lies above them, or holds conventions for all. */
function isAbove(manifest: string, { root, modules }: Layout): boolean {
  if (/(?:^|\/)(?:buildSrc|build-logic|gradle)\//.test(manifest)) return true;
  return modules.some((module) => isBelow(folderOf(manifest), module === '.' ? root : join(root, module)));
}

async function mavenRecipes(facts: Facts): Promise<readonly Recipe[]> {
  const { project, layout, levels, ci, classes, hasOtherCompiler, includes } = facts;
  const properties = await project.read(join(layout.root, '.mvn/wrapper/maven-wrapper.properties'));
  const wrapper = /apache-maven-([\d.]+(?:-[\w-]+)?)-bin/.exec(properties ?? '')?.[1];
  const poms = facts.manifests.filter((path) => nameOf(path) === 'pom.xml');
  const folders = poms.map((path) => relativeTo(layout.root, folderOf(path))).sort();
  return chooseJdks({ levels, ci }).map((jdk) => {
    const choice: MavenChoice = {
      ...{ jdk, modules: layout.modules, folders, classes, hasOtherCompiler, includes },
      isTooOld: isTooOld(levels, jdk),
    };
    const recipe = common(facts, jdk);
    return {
      ...recipe,
      env: { ...recipe.env, ...HEAP },
      packages: [...PACKAGES, 'maven', jdkPackage(jdk)].sort(),
      toolchain: [
        linkJdk(jdk),
        ...mavenToolchain(jdk, wrapper),
        ...(choice.isTooOld ? [oldLevels(jdk)] : []),
        ...(hasOtherCompiler ? [plainCompiler] : []),
      ],
      dependencies: [...mavenDependencies(choice)],
      build: [...mavenBuild(choice)],
      test: mavenTests(choice),
    };
  });
}

async function gradleRecipes(facts: Facts): Promise<readonly Recipe[]> {
  const { project, layout, levels, ci, classes } = facts;
  const properties = await project.read(join(layout.root, 'gradle/wrapper/gradle-wrapper.properties'));
  const gradle: GradleVersion | undefined = parseWrapper(properties ?? '');
  const newest = gradle === undefined || isDebians(gradle.version) ? 17 : newestJdk(gradle.version);
  return chooseJdks({ levels, ci, newest }).map((jdk) => {
    const recipe = common(facts, jdk);
    return {
      ...recipe,
      env: { ...recipe.env, ...gradleEnv, GRADLE_OPTS: `-Xmx2g ${BRIEF}` },
      packages: [...PACKAGES, jdkPackage(jdk), ...gradlePackages(gradle?.version, jdk.suite)].sort(),
      toolchain: [linkJdk(jdk), ...gradleToolchain(gradle)],
      dependencies: [...gradleDependencies({ modules: layout.modules, classes })],
      build: [...gradleBuild({ modules: layout.modules, classes })],
      test: gradleTests({ modules: layout.modules, classes }),
      evidence: [
        ...recipe.evidence,
        `gradle: ${gradle?.version ?? 'no wrapper'}${isDebians(gradle?.version) ? ', Debian’s instead' : ''}`,
      ],
    };
  });
}

type Common = Omit<Recipe, 'packages' | 'toolchain' | 'dependencies' | 'build' | 'test'>;

function common({ layout, levels, ci, manifests, isPinned }: Facts, jdk: Jdk): Common {
  return {
    stack: STACK.name,
    stackVersion: STACK.version,
    variant: `${layout.tool}-jdk${jdk.version}`,
    suite: jdk.suite,
    folder: layout.root,
    env: { JAVA_HOME: '/opt/envmint/jdk', LANG: 'C.UTF-8', MAVEN_OPTS: BRIEF },
    manifests: [...manifests],
    isPinned,
    evidence: [
      `${layout.tool}: ${layout.root === '' ? 'root' : layout.root}, modules ${layout.modules.join(', ')}`,
      `levels: ${levels.lowest ?? 'not said'} to ${levels.highest ?? 'not said'}`,
      `CI: ${ci.length === 0 ? 'no JDK named' : `JDK ${ci.join(', ')}`}`,
    ],
  };
}

function ciJdks(files: readonly CiFile[]): readonly number[] {
  const values = ciValues(files, CI_KEYS).flatMap((value) => value.split(/[\s,[\]'"]+/));
  const levels = values.flatMap(
    (value) => toLevel(value.replace(/^(?:open|oracle|zulu@?|temurin@?)?(?:jdk)?(?=\d)/, '')) ?? [],
  );
  return [...new Set(levels)].sort((a, b) => a - b);
}

/** Simple names of the changed test classes: what every version of surefire understands. */
function classesOf({ tests }: Project, { root }: Layout): readonly string[] {
  const own = tests.filter((path) => path.endsWith('.java') && isBelow(root, path));
  return [...new Set(own.map((path) => nameOf(path).slice(0, -'.java'.length)))].sort();
}

function jdkPackage({ version }: Jdk): string {
  return `openjdk-${version}-jdk-headless`;
}

function linkJdk({ version }: Jdk) {
  const run = `mkdir -p /opt/envmint
ln -sfn "$(dirname "$(dirname "$(find /usr/lib/jvm -path '*${version}-openjdk*/bin/javac' | head -n 1)")")" /opt/envmint/jdk
/opt/envmint/jdk/bin/javac -version
for tool in java javac jar; do update-alternatives --set "$tool" "$(readlink -f /opt/envmint/jdk)/bin/$tool"; done`;
  return { name: 'jdk', run };
}
