import { matchesGlob } from 'node:path';
import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import { splitList } from './finding.ts';

/** What pytest is told to run, as paths from the project's folder. */
export interface Selection {
  readonly files: readonly string[];
  readonly package: readonly string[];
  readonly all: readonly string[];
  /** How files of tests are called, where pytest would pass by changed ones in their folder. */
  readonly patterns: string | undefined;
  readonly why: string;
}

const TEST_FILE = /^(?:test_.*|.*_tests?|tests?)\.py$/;

export async function selectTests(
  project: Project,
  folder: string,
  pytest: Readonly<Record<string, string>>,
): Promise<Selection> {
  const own = [...project.tests, ...project.support.filter((path) => isNamedTest(path, pytest))].filter(
    (path) => isBelow(folder, path) && path.endsWith('.py'),
  );
  const readers = own.length > 0 ? [] : await readersOf(project, folder);
  const related = [own, readers].find((paths) => paths.length > 0) ?? relatedTests(project);
  const toName = (path: string) => relativeTo(folder, path);
  return {
    files: related.map(toName),
    package: (readers.length > 0 ? readers : outermost(related.map(folderOf))).map(toName),
    all: suiteOf(project, folder, pytest),
    patterns: patternsOf(related.map(toName), pytest.python_files ?? DEFAULT_PATTERNS),
    why:
      own.length > 0
        ? 'tests of the test patch'
        : 'tests beside the files of the test patch, which has none of its own',
  };
}

/** Whether pytest's own configuration calls the file a test, which its name alone would not. */
function isNamedTest(path: string, { python_files = '' }: Readonly<Record<string, string>>): boolean {
  return splitList(python_files).some((pattern) => pattern !== '*.py' && isLike(path, pattern));
}

const DEFAULT_PATTERNS = 'test_*.py *_test.py';

/** In a folder pytest takes files by their names alone; unittest, and with it Django, by "test*.py". */
function patternsOf(paths: readonly string[], configured: string): string | undefined {
  const known = splitList(configured);
  const passedBy = paths.filter((path) => !known.some((pattern) => isLike(path, pattern)));
  const further = passedBy.map(nameOf).map((name) => (name.startsWith('test') ? 'test*.py' : name));
  return further.length === 0 ? undefined : [...new Set([...known, ...further])].join(' ');
}

/** A pattern without a slash is for the file's name alone. */
function isLike(path: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|\\[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(pattern.includes('/') ? `(?:^|/)${source}$` : `^${source}$`).test(
    pattern.includes('/') ? path : nameOf(path),
  );
}

/** So many tests are read, and so many may name a file of data: more of them say nothing of it. */
const READ = 1000;
const MAX_READERS = 10;

/** Tests that have a changed file of data by its name or by a pattern for it: "check-*.test". */
async function readersOf(project: Project, folder: string): Promise<readonly string[]> {
  const names = project.support.filter((path) => isBelow(folder, path) && !path.endsWith('.py')).map(nameOf);
  if (names.length === 0) return [];
  const tests = project.paths.filter((path) => isBelow(folder, path) && /^test.*\.py$|_tests?\.py$/.test(nameOf(path)));
  const texts = await Promise.all(tests.slice(0, READ).map((path) => project.read(path)));
  const readers = tests.filter((_, at) => names.some((name) => isRead(texts[at] ?? '', name)));
  return readers.length > MAX_READERS ? [] : readers;
}

/** In quotes, whole or at the end of a path, or as a pattern that says more than an extension. */
function isRead(text: string, name: string): boolean {
  const quoted = [...text.matchAll(/["']([^"'\n]+)["']/g)].map(([, literal = '']) => nameOf(literal));
  return quoted.some((literal) => literal === name || (/^\w.*\*/.test(literal) && matchesGlob(name, literal)));
}

/** Where only data changed: the tests of its stem, else all tests of its folder or of the nearest folder above that has some. */
function relatedTests(project: Project): readonly string[] {
  const tests = project.paths.filter((path) => TEST_FILE.test(nameOf(path)));
  const found = project.support.flatMap((path) => {
    const stem = nameOf(path)
      .replace(/\..*$/, '')
      .replace(/^test_|_test$/g, '');
    const ofStem = tests.filter((test) => stem.length > 2 && nameOf(test).includes(stem));
    if (ofStem.length > 0) return ofStem;
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const inFolder = tests.filter((test) => isBelow(folder, test));
      if (inFolder.length > 0) return inFolder;
    }
    return [];
  });
  return [...new Set(found)].sort();
}

/** The folders that are in no other. */
export function outermost(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)].sort();
  return unique.filter((folder) => !unique.some((other) => other !== folder && isBelow(other, folder)));
}

function suiteOf(project: Project, folder: string, pytest: Readonly<Record<string, string>>): readonly string[] {
  const isThere = (path: string) => project.paths.some((other) => isBelow(join(folder, path), other));
  const configured = splitList(pytest.testpaths ?? '').map((path) => path.replace(/\/$/, ''));
  const found = configured.filter((path) => path.includes('*') || path === '.' || isThere(path));
  if (found.length > 0) return found;
  const usual = ['tests', 'test'].filter((path) =>
    project.paths.some((other) => isBelow(join(folder, path), other) && TEST_FILE.test(nameOf(other))),
  );
  return usual.length > 0 ? usual : ['.'];
}
