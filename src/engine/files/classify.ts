import type { FileClass } from '../../domain/candidate.ts';
import { extensionOf, languageOfPath } from './code-language.ts';
import * as rules from './path-rules.ts';

/** What a repository's tree says about folders whose names do not say it themselves. */
export interface TreeFacts {
  /** Folders, in their own spelling, that have a file with a test's name at or below them, and those with the expected output of examples. */
  readonly testBearing: Pick<ReadonlySet<string>, 'has'>;
  /** Names, without extension, of the code that is no test: what tests may be called after. None where the tree is not at hand. */
  readonly subjects?: ReadonlySet<string>;
}

/** The facts of a tree, from all its paths. */
export function readTreeFacts(paths: readonly string[]): Readonly<Record<keyof TreeFacts, ReadonlySet<string>>> {
  const testBearing = new Set<string>();
  for (const path of paths) {
    const output = outputFolderOf(path);
    if (output !== undefined) testBearing.add(output);
    if (!hasTestName(path)) continue;
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (testBearing.has(folder)) break;
      testBearing.add(folder);
    }
  }
  const code = paths.filter((path) => languageOfPath(path) !== undefined && !hasTestFolder(path, { testBearing }));
  return { testBearing, subjects: new Set(code.filter((path) => !hasTestName(path)).map(stemOf)) };
}

/** What a changed file is, by the segments of its path and its name. */
export function classifyPath(path: string, facts: TreeFacts): FileClass {
  const folders = path.toLowerCase().split('/').slice(0, -1);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isVendored(path, folders)) return 'vendored';
  const isInTests = hasTestFolder(path, facts) || isCompared(path, facts);
  const tested = isMainSourceSet(path, facts) ? undefined : classifyTest(path, { folders, name, isInTests, facts });
  if (tested !== undefined) return tested;
  if (rules.generatedNames.test(name) || hasAny(folders, rules.generatedFolders)) return 'generated';
  if (isDocs(name, folders)) return 'docs';
  return 'source';
}

/** Whether `path` lies in a folder of what tests read: fixtures, snapshots, test data. */
export function isSupportFolder(path: string): boolean {
  return hasAny(path.toLowerCase().split('/').slice(0, -1), rules.supportFolders);
}

/** Of what helps tests, what they read and compare rather than run or are set up by. */
export function isTestData(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isSetUp = [rules.testConfiguration, rules.generatedNames, rules.buildLists, rules.projectFiles].some((names) =>
    names.test(name),
  );
  if (isSetUp || /^readme/i.test(name)) return false;
  return languageOfPath(path) === undefined;
}

function isVendored(path: string, folders: readonly string[]): boolean {
  const language = languageOfPath(path);
  const isC = language === 'c' || language === 'cpp';
  return hasAny(folders, rules.vendoredFolders) || (isC && hasAny(folders, rules.vendoredFoldersOfC));
}

interface Place {
  readonly folders: readonly string[];
  readonly name: string;
  readonly isInTests: boolean;
  readonly facts: TreeFacts;
}

/** Undefined for what has nothing to do with tests. */
function classifyTest(path: string, { folders, name, isInTests, facts }: Place): FileClass | undefined {
  if (rules.testConfiguration.test(name) || rules.snapshots.test(name)) return 'test-support';
  if (isInTests && hasAny(folders, rules.supportFolders)) return 'test-support';
  if (hasTestName(path)) return 'test';
  if (hasAny(folders, rules.supportFolders)) return 'test-support';
  if (!isInTests) return undefined;
  return isTestCode(path, name, facts) ? 'test' : 'test-support';
}

/** In test folders: code without a test's name is a test where the ecosystem asks for no name, and help for tests elsewhere. */
function isTestCode(path: string, name: string, facts: TreeFacts): boolean {
  if (rules.helperNames.test(name) && !isCalledAfter(stemOf(path), facts)) return false;
  switch (languageOfPath(path)) {
    case 'javascript':
    case 'typescript':
    case 'rust':
      return !name.endsWith('.d.ts');
    case 'c':
    case 'cpp':
      return /^c(?:c|pp|xx)?$/.test(extensionOf(path));
    default:
      return false;
  }
}

/** "mock-agent" tests the code of that name; "utils" may be the tests' own. */
function isCalledAfter(stem: string, { subjects }: TreeFacts): boolean {
  return subjects?.has(stem) === true && !rules.plainHelperNames.test(stem);
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

function hasTestName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.endsWith('.phpt')) return true;
  const language = languageOfPath(path);
  return language !== undefined && rules.testNames[language].test(name) && !rules.frameworkNames.test(name);
}

/** A doubtful folder counts at the root and where the tree has tests below it. */
function hasTestFolder(path: string, { testBearing }: TreeFacts): boolean {
  const segments = path.split('/').slice(0, -1);
  const isModule = ['python', 'go', 'php'].includes(languageOfPath(path) ?? '');
  return segments.some((segment, at) => {
    if (isTestFolder(segments, at)) return true;
    const lower = segment.toLowerCase();
    if (!rules.doubtfulTestFolders.has(lower)) return false;
    const isPlain = (lower === 'test' && !isModule) || (at === 0 && lower !== 'spec');
    return isPlain || testBearing.has(segments.slice(0, at + 1).join('/'));
  });
}

function isTestFolder(segments: readonly string[], at: number): boolean {
  const segment = segments[at] ?? '';
  const lower = segment.toLowerCase();
  const isNamed =
    rules.testFolders.has(lower) || /[._-](?:tests?|specs?|e2e)$/.test(lower) || /[a-z]Tests?$/.test(segment);
  return isNamed || isSourceSet(segments, at) || (at === 0 && /^tests?[-_.]/.test(lower));
}

/** src/test/java, src/integrationTest/kotlin, src/testFixtures/java, src/it. */
function isSourceSet(segments: readonly string[], at: number): boolean {
  return segments[at - 1] === 'src' && /^(?:test|it|[a-z]+Test|test[A-Z]\w*|jmh)$/.test(segments[at] ?? '');
}

/** Examples that the tests run. */
function isCompared(path: string, { testBearing }: TreeFacts): boolean {
  const segments = path.split('/').slice(0, -1);
  const example = segments.findIndex((segment) => rules.exampleFolders.has(segment.toLowerCase()));
  return segments.some((_, at) => {
    const folder = segments.slice(0, at + 1).join('/');
    return example >= 0 && at >= example && rules.outputFolders.some((name) => testBearing.has(`${folder}/${name}`));
  });
}

/** The folder of expected output that holds `path`, if examples stand beside it. */
function outputFolderOf(path: string): string | undefined {
  const segments = path.split('/').slice(0, -1);
  const at = segments.findIndex((segment) => rules.outputFolders.includes(segment));
  return at > 0 && hasAny(segments.slice(0, at), rules.exampleFolders)
    ? segments.slice(0, at + 1).join('/')
    : undefined;
}

/** What Maven and Gradle ship, whatever its name, unless the whole module is there to test. */
function isMainSourceSet(path: string, facts: TreeFacts): boolean {
  const at = `/${path}`.indexOf('/src/main/');
  return at >= 0 && !hasTestFolder(path.slice(0, at), facts);
}

function isDocs(name: string, folders: readonly string[]): boolean {
  // CMakeLists.txt and requirements.txt are no prose.
  const isInput = /^(?:cmakelists|.*requirements.*|constraints.*|meson_options|robots|py\.typed)\.txt$/i.test(name);
  const code = folders.findIndex((folder) => rules.codeFolders.has(folder));
  return (
    (!isInput && rules.docNames.test(name)) || hasAny(code < 0 ? folders : folders.slice(0, code), rules.docFolders)
  );
}

function hasAny(folders: readonly string[], wanted: ReadonlySet<string>): boolean {
  return folders.some((folder) => wanted.has(folder));
}
