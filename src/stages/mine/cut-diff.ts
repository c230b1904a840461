import { atBoundary } from '../../domain/boundary.ts';
import type { Language } from '../../domain/language.ts';
import { classifyPath, isTestData, readTreeFacts, type TreeFacts } from '../../engine/files/classify.ts';
import {
  chooseLanguage,
  extensionOf,
  isUnsupportedCode,
  languageOfPath,
  languageOfScript,
} from '../../engine/files/code-language.ts';
import { parsePatch } from '../../engine/patch/parse-patch.ts';
import { countLines, type FilePatch, type Hunk, printPatch } from '../../engine/patch/patch.ts';
import type { Repository, TreeEntry } from '../../ports/repository.ts';
import type { Range } from './base-commit.ts';
import { isTestSide, type SplitPatch, splitPatch } from './files/split-patch.ts';
import type { Rejection } from './reasons.ts';

interface Cut {
  readonly split: SplitPatch;
  readonly language: Language;
  readonly goldPatch: string;
  readonly testPatch: string;
  readonly submodules: string[];
}

/** A rejection keeps the split where it came that far, so that it can be explained. */
type Refused = Rejection & { readonly split?: SplitPatch };

/** Hosts cap what they show of a pull request at as many files; nothing that large is one task. */
const fileLimit = 3000;
const byteLimit = 8_000_000;

/** The diff of `range` as two patches that apply to its base, alone and one after the other. */
export async function cutDiff(range: Range, repository: Repository, signal: AbortSignal): Promise<Cut | Refused> {
  const tree = await repository.tree(range.base.sha, signal);
  const facts = readTreeFacts(tree.map(({ path }) => path));
  const files = await readDiff(range, { repository, facts, signal });
  if ('reason' in files) return files;
  const split = await splitPatch(files, facts, async ({ oldPath, path }) => ({
    before: decode(await repository.read(range.base.sha, oldPath, signal)),
    after: decode(await repository.read(range.fix.sha, path, signal)),
  }));
  if ('reason' in split) return split;
  const scripts = await readScripts(split, { range, repository, signal });
  const language = languageOf(split, tree, scripts);
  if (typeof language !== 'string') return { ...language, split };
  const missing = missingTests(split);
  if (missing) return { ...missing, split };
  const [goldPatch, testPatch] = [printPatch(split.gold), printPatch(split.test)];
  const refused = await tryPatches(range, { goldPatch, testPatch, repository }, signal);
  if (refused) return { ...refused, split };
  const submodules = tree.filter(({ mode }) => mode === '160000').map(({ path }) => path);
  return { split, language, goldPatch, testPatch, submodules };
}

interface Reading {
  readonly repository: Repository;
  readonly facts: TreeFacts;
  readonly signal: AbortSignal;
}

/** With renames, unless one leads from the source to the tests or back: then as a deletion and an addition. */
async function readDiff(range: Range, reading: Reading): Promise<FilePatch[] | Rejection> {
  const files = await readDiffAs(range, true, reading);
  if ('reason' in files) return files;
  const crosses = files.some(({ path, oldPath }) => sideOf(path, reading.facts) !== sideOf(oldPath, reading.facts));
  return crosses ? readDiffAs(range, false, reading) : files;
}

async function readDiffAs(
  { base, fix }: Range,
  hasRenames: boolean,
  { repository, signal }: Reading,
): Promise<FilePatch[] | Rejection> {
  const bytes = await repository.diff({ from: base.sha, to: fix.sha, hasRenames }, signal);
  if (bytes === undefined) return { reason: 'contents-gone', detail: `${base.sha}..${fix.sha}` };
  if (bytes.length > byteLimit) return { reason: 'diff-too-large', detail: `${bytes.length} bytes` };
  const text = decodeStrictly(bytes);
  if (text === undefined) return { reason: 'patch-not-utf8', detail: `${bytes.length} bytes` };
  const files = await atBoundary('git', `read the diff ${base.sha}..${fix.sha}`, async () => parsePatch(text));
  if (files.length === 0) return { reason: 'empty-diff', detail: `${base.sha}..${fix.sha}` };
  if (files.length > fileLimit) return { reason: 'diff-too-large', detail: `${files.length} files` };
  const submodule = files.find(({ isSubmodule }) => isSubmodule);
  return submodule ? { reason: 'submodule-changed', detail: submodule.path } : files;
}

function sideOf(path: string, facts: TreeFacts): boolean {
  return isTestSide(classifyPath(path, facts));
}

/** A byte order mark is a part of the text. */
function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
}

/** Languages of changed source files that have no extension, by their paths. */
async function readScripts(
  { files }: SplitPatch,
  {
    range,
    repository,
    signal,
  }: { readonly range: Range; readonly repository: Repository; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, Language>> {
  const scripts = new Map<string, Language>();
  for (const { patch, class: fileClass } of files) {
    if (fileClass !== 'source' || extensionOf(patch.path) !== '' || patch.binary !== undefined) continue;
    const language = languageOfScript(decode(await repository.read(range.fix.sha, patch.path, signal)));
    if (language !== undefined) scripts.set(patch.path, language);
  }
  return scripts;
}

function languageOf(
  { files }: SplitPatch,
  tree: readonly TreeEntry[],
  scripts: ReadonlyMap<string, Language>,
): Language | Rejection {
  const source = files.filter((file) => file.class === 'source');
  const paths = tree.map(({ path }) => path);
  const language = chooseLanguage(
    source.map(({ patch }) => ({ path: patch.path, lines: linesOf(patch), language: scripts.get(patch.path) })),
    paths,
  );
  const foreign = source.filter(({ patch }) => isUnsupportedCode(patch.path));
  if (language !== undefined) return language;
  if (foreign.length > 0) {
    const extensions = [...new Set(foreign.map(({ patch }) => `.${extensionOf(patch.path)}`))];
    return { reason: 'unsupported-language', detail: extensions.join(' ') };
  }
  return withoutSource(files);
}

function withoutSource(files: SplitPatch['files']): Rejection {
  const classes = new Set(files.map((file) => file.class));
  const list = files.slice(0, 5).map(({ patch, class: fileClass }) => `${patch.path} (${fileClass})`);
  const detail = list.join(', ');
  const isOnly = (...wanted: string[]) => [...classes].every((fileClass) => wanted.includes(fileClass));
  if (isOnly('docs')) return { reason: 'docs-only', detail };
  if (isOnly('generated', 'vendored')) return { reason: 'generated-only', detail };
  return { reason: 'no-source', detail };
}

function missingTests({ files, test }: SplitPatch): Rejection | undefined {
  if (test.length === 0) return { reason: 'no-tests', detail: `${files.length} files, none of them a test` };
  const paths = new Set(files.filter(isTestCode).map(({ patch }) => patch.path));
  const tests = test.filter(({ path }) => paths.has(path));
  const detail = (tests.length > 0 ? tests : test)
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ');
  if (tests.length === 0 && !files.some(isExpectation)) return { reason: 'support-only-tests', detail };
  if (tests.length === 0) return undefined;
  return tests.some(({ binary, hunks }) => binary !== undefined || hunks.some(addsLine))
    ? undefined
    : { reason: 'tests-only-removed', detail };
}

function isTestCode({ patch, class: fileClass, isSplit }: SplitPatch['files'][number]): boolean {
  const isInline = fileClass === 'source' && isSplit && languageOfPath(patch.path) !== undefined;
  return fileClass === 'test' || isInline;
}

/** What tests read and compare is a test of its own: a case, a snapshot, an expected output. Their helpers and settings are none. */
function isExpectation({ patch, class: fileClass }: SplitPatch['files'][number]): boolean {
  return (
    fileClass === 'test-support' && isTestData(patch.path) && (patch.binary !== undefined || patch.hunks.some(addsLine))
  );
}

function addsLine({ lines }: Hunk): boolean {
  return lines.some(({ sign }) => sign === '+');
}

function linesOf(patch: FilePatch): number {
  const { added, deleted } = countLines(patch);
  return added + deleted;
}

interface Patches {
  readonly goldPatch: string;
  readonly testPatch: string;
  readonly repository: Repository;
}

/** Each alone, and both in the order of grading, which must give the tree of the fix to the last byte. */
async function tryPatches(
  { base, fix }: Range,
  { goldPatch, testPatch, repository }: Patches,
  signal: AbortSignal,
): Promise<Rejection | undefined> {
  const alone = await repository.apply(base.sha, [testPatch], signal);
  if (alone.kind === 'refused') return { reason: 'patch-refused', detail: `test patch: ${alone.message}` };
  const both = await repository.apply(base.sha, [goldPatch, testPatch], signal);
  if (both.kind === 'refused') {
    return { reason: 'patch-refused', detail: `${both.patch === 0 ? 'gold' : 'test'} patch: ${both.message}` };
  }
  return both.tree === fix.tree ? undefined : { reason: 'patch-differs', detail: `${both.tree} for ${fix.tree}` };
}
