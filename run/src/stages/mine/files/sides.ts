import type { FileClass } from '../../../domain/candidate.ts';
import type { Language } from '../../../domain/language.ts';
import { languageOfPath } from '../../../engine/files/code-language.ts';
import { buildLists } from '../../../engine/files/path-rules.ts';
import type { FilePatch } from '../../../engine/patch/patch.ts';
import type { SideOf } from '../../../engine/patch/split-file.ts';
import { findTestRegions, type TestRegion } from './inline-tests.ts';

/** A changed file with its class and, where they were needed, its texts before and after. */
export interface ClassedFile {
  readonly patch: FilePatch;
  readonly class: FileClass;
}

export interface FileTexts {
  readonly before: string;
  readonly after: string;
}

/** Languages that keep tests in the files they test. */
export function mayHoldInlineTests(file: ClassedFile): Language | undefined {
  const language = file.class === 'source' ? languageOfPath(file.patch.path) : undefined;
  const isOne = language === 'rust' || language === 'c' || language === 'cpp' || isVitestSource(file, language);
  return isOne && file.patch.hunks.length > 0 ? language : undefined;
}

function isVitestSource({ patch }: ClassedFile, language: Language | undefined): boolean {
  const isScript = language === 'javascript' || language === 'typescript';
  return isScript && patch.hunks.some(({ lines }) => lines.some(({ text }) => text.includes('import.meta.vitest')));
}

/** Lines within inline tests are of the test patch. Undefined where no changed line is. */
export function sidesByRegions(file: FilePatch, language: Language, texts: FileTexts): SideOf | undefined {
  const before = findTestRegions(texts.before, language);
  const after = findTestRegions(texts.after, language);
  const sideOf: SideOf = ({ sign }, oldLine, newLine) =>
    isWithin(sign === '-' ? before : after, sign === '-' ? oldLine : newLine) ? 'test' : 'gold';
  return touchesTests(file, sideOf) ? sideOf : undefined;
}

function isWithin(regions: readonly TestRegion[], line: number): boolean {
  return regions.some(({ first, last }) => first <= line && line <= last);
}

/** Lines of a build file that name a test of the same change, or declare one, are of the test patch. */
export function sidesByRegistration(file: ClassedFile, testPaths: readonly string[]): SideOf | undefined {
  const name = file.patch.path.slice(file.patch.path.lastIndexOf('/') + 1);
  if (file.class !== 'source' || !buildLists.test(name)) return undefined;
  const stems = testPaths.map(stemOf).filter((stem) => stem.length >= 4);
  const isRegistration = (text: string) =>
    /\b(?:add_test|gtest_discover_tests|catch_discover_tests|cc_test|py_test|go_test)\b/.test(text) ||
    stems.some((stem) => text.includes(stem));
  const sideOf: SideOf = ({ text }) => (isRegistration(text) ? 'test' : 'gold');
  return touchesTests(file.patch, sideOf) ? sideOf : undefined;
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
}

function touchesTests(file: FilePatch, sideOf: SideOf): boolean {
  return file.hunks.some((hunk) => {
    let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
    return hunk.lines.some((line) => {
      const isTest = line.sign !== ' ' && line.text.trim() !== '' && sideOf(line, oldLine, newLine) === 'test';
      if (line.sign !== '+') oldLine++;
      if (line.sign !== '-') newLine++;
      return isTest;
    });
  });
}
