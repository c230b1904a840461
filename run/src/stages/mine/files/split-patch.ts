import type { FileClass } from '../../../domain/candidate.ts';
import { classifyPath, isSupportFolder, type TreeFacts } from '../../../engine/files/classify.ts';
import { languageOfPath } from '../../../engine/files/code-language.ts';
import type { FilePatch } from '../../../engine/patch/patch.ts';
import { type SideOf, splitHunks } from '../../../engine/patch/split-file.ts';
import type { Rejection } from '../reasons.ts';
import { type ClassedFile, type FileTexts, mayHoldInlineTests, sidesByRegions, sidesByRegistration } from './sides.ts';

export interface SplitPatch {
  readonly gold: readonly FilePatch[];
  readonly test: readonly FilePatch[];
  readonly files: readonly (ClassedFile & { readonly isSplit: boolean })[];
}

/** Reads a file of the base and of the fix; an absent one is empty. */
export type ReadTexts = (patch: FilePatch) => Promise<FileTexts>;

/** Parts a pull request's diff into source and tests: by file, and by line where a file holds both. */
export async function splitPatch(
  files: readonly FilePatch[],
  facts: TreeFacts,
  readTexts: ReadTexts,
): Promise<SplitPatch | Rejection> {
  const classed = files.map((patch) => ({ patch, class: classifyFile(patch, facts) }));
  const testPaths = classed.filter((file) => isTestSide(file.class)).map(({ patch }) => patch.path);
  const gold: FilePatch[] = [];
  const test: FilePatch[] = [];
  const split: (ClassedFile & { isSplit: boolean })[] = [];
  for (const file of classed) {
    const sideOf = await inlineSides(file, readTexts);
    const parts = sideOf === undefined ? cutBuildFile(file, testPaths) : cutFile(file.patch, sideOf);
    if ('reason' in parts) return parts;
    gold.push(...parts.gold);
    test.push(...parts.test);
    const isSplit = parts.gold.length > 0 && parts.test.length > 0;
    split.push({ ...file, class: parts.gold.length === 0 ? testClassOf(file) : file.class, isSplit });
  }
  return { gold, test, files: split };
}

export function isTestSide(fileClass: FileClass): boolean {
  return fileClass === 'test' || fileClass === 'test-support';
}

/** Source of which only the inline tests changed is a test; a build file with nothing but registrations helps tests. */
function testClassOf(file: ClassedFile): FileClass {
  if (isTestSide(file.class)) return file.class;
  return languageOfPath(file.patch.path) === undefined ? 'test-support' : 'test';
}

/** The class of the path, corrected by what the changed lines say. */
function classifyFile(patch: FilePatch, facts: TreeFacts): FileClass {
  const fileClass = classifyPath(patch.path, facts);
  const added = patch.hunks.flatMap(({ lines }) => lines.filter(({ sign }) => sign !== '-').map(({ text }) => text));
  if (fileClass === 'test-support' && declaresTest(patch.path, added)) return 'test';
  if (fileClass === 'source' && added.some((line) => isGeneratedMark(line))) return 'generated';
  return fileClass;
}

/** Test code under a name that says nothing: a runner was told of it in some other way. */
function declaresTest(path: string, lines: readonly string[]): boolean {
  switch (languageOfPath(path)) {
    case 'python':
      return lines.some((line) => /^\s*(?:async )?def test\w*\(/.test(line));
    case 'java':
      return lines.some((line) => /^\s*@(?:Test|ParameterizedTest|RepeatedTest|Theory)\b/.test(line));
    case 'php':
      return lines.some((line) => /^\s*(?:public )?function (?:test\w*|it_\w+)\(|#\[Test\]/.test(line));
    case 'javascript':
    case 'typescript':
      return !isSupportFolder(path) && lines.some((line) => scriptTest.test(line));
    case 'go':
      return lines.some((line) => /^func (?:Test|Benchmark|Fuzz|Example)\w*\(/.test(line));
    case 'c':
    case 'cpp':
      return !isSupportFolder(path) && lines.some((line) => macroTest.test(line));
    default:
      return false;
  }
}

const scriptTest = /^\s*(?:it|test|specify|describe|context|suite)(?:\.\w+)*\s*\(\s*['"`]/;
const macroTest = /^\s*(?:TEST(?:_F|_P|_CASE)?|START_TEST|SCENARIO|BOOST_AUTO_TEST_CASE|CPPUNIT_TEST)\s*\(/;

function isGeneratedMark(line: string): boolean {
  return /^\s*(?:\/\/|#|\/?\*+)\s*(?:Code generated .*DO NOT EDIT|@generated\b|This file (?:is|was) (?:automatically|auto)[ -]?generated)/i.test(
    line,
  );
}

async function inlineSides(file: ClassedFile, readTexts: ReadTexts): Promise<SideOf | undefined> {
  const language = mayHoldInlineTests(file);
  return language && sidesByRegions(file.patch, language, await readTexts(file.patch));
}

interface Parts {
  readonly gold: readonly FilePatch[];
  readonly test: readonly FilePatch[];
}

function wholeFile(file: ClassedFile): Parts {
  return isTestSide(file.class) ? { gold: [], test: [file.patch] } : { gold: [file.patch], test: [] };
}

/** Registrations that cannot be parted from the rest stay with it: a build file is not refused for them. */
function cutBuildFile(file: ClassedFile, testPaths: readonly string[]): Parts {
  const sideOf = sidesByRegistration(file, testPaths);
  const parts = sideOf && cutFile(file.patch, sideOf);
  return parts === undefined || 'reason' in parts ? wholeFile(file) : parts;
}

function cutFile(patch: FilePatch, sideOf: SideOf): Parts | Rejection {
  const parts = splitHunks(patch.hunks, sideOf);
  const toFile = (hunks: FilePatch['hunks']) => (hunks.length > 0 ? [{ ...patch, hunks }] : []);
  const isWhole = parts.kind === 'split' && (parts.gold.length === 0 || parts.test.length === 0);
  // The half of a file that is not there yet, or under another name, cannot be applied to the base.
  if (!isWhole && patch.change !== 'modified') return { reason: 'inline-tests-in-new-file', detail: patch.path };
  if (parts.kind === 'entangled') return { reason: 'inline-tests-entangled', detail: `${patch.path}:${parts.line}` };
  return { gold: toFile(parts.gold), test: toFile(parts.test) };
}
