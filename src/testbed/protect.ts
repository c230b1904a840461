import type { Recipe } from '../domain/recipe.ts';
import { classifyPath, readTreeFacts } from '../engine/files/classify.ts';
import { PatchSyntaxError, parsePatch } from '../engine/patch/parse-patch.ts';
import { printPatch } from '../engine/patch/patch.ts';
import { refuseLenientHeaders } from '../engine/patch/strict.ts';
import { createCalled } from './called-files.ts';
import type { Overlay, Stack } from './stack.ts';

/** What an answer may not decide: tests, what helps them, and how they are run. */
export interface Protection {
  has(path: string): boolean;
}

export interface Protected {
  readonly recipe: Pick<Recipe, 'folder' | 'test'>;
  readonly goldPatch: string;
  /** Folders that have tests at or below them at the base commit. */
  readonly testFolders: readonly string[];
  readonly testPatch: string;
}

export function testFoldersOf(paths: readonly string[]): string[] {
  return [...readTreeFacts(paths).testBearing].sort();
}

export function createProtection({ recipe, goldPatch, testFolders, testPatch }: Protected, stack: Stack): Protection {
  const facts = { testBearing: new Set(testFolders) };
  const [gold, tested] = [goldPatch, testPatch].map(
    (patch) => new Set(parsePatch(patch).flatMap(({ path, oldPath }) => [path, oldPath])),
  );
  const isTest = (path: string) => ['test', 'test-support'].includes(classifyPath(path, facts));
  const isCalled = createCalled(recipe);
  return {
    has: (path) =>
      tested?.has(path) ||
      stack.isProtected(path) ||
      isTest(path) ||
      ATTRIBUTES.test(path) ||
      // What the fix itself changes is the project's work, whoever calls it.
      (isCalled(path) && !gold?.has(path)),
  };
}

/** They decide with which characters git writes files: those of tests too. */
const ATTRIBUTES = /(?:^|\/)\.gitattributes$/;

export interface Answer {
  readonly patch: string;
  /** Laid over the patched tree: how attacks are written. */
  readonly overlay?: Overlay;
}

export interface Filtered extends Answer {
  /** Paths whose changes were dropped, sorted. */
  readonly dropped: readonly string[];
}

/** The answer without its changes to protected files; undefined where it is no patch. */
export function filterAnswer({ patch, overlay = {} }: Answer, protection: Protection): Filtered | undefined {
  const files = parseAnswer(patch);
  if (files === undefined) return undefined;
  // A link that is named as a protected folder would stand in for it.
  const isFree = (path: string) => isInside(path) && !protection.has(path) && !protection.has(`${path}/_`);
  const free = files.filter(({ path, oldPath, isSubmodule }) => !isSubmodule && isFree(path) && isFree(oldPath));
  const laid = Object.entries(overlay).filter(([path]) => isFree(path));
  const dropped = [
    ...files.filter((file) => !free.includes(file)).map(({ path }) => path),
    ...Object.keys(overlay).filter((path) => !isFree(path)),
  ];
  return { patch: printPatch(free), overlay: Object.fromEntries(laid), dropped: [...new Set(dropped)].sort() };
}

/** The part of the gold patch that changes protected files: what holds there, whatever an answer says. */
export function protectedGold(goldPatch: string, protection: Protection): string {
  return printPatch(
    parsePatch(goldPatch).filter(({ path, oldPath }) => protection.has(path) || protection.has(oldPath)),
  );
}

function parseAnswer(patch: string) {
  try {
    const files = parsePatch(patch);
    refuseLenientHeaders(files);
    return files;
  } catch (error) {
    if (error instanceof PatchSyntaxError) return undefined;
    throw error;
  }
}

/** Neither outside of the repository nor inside of git's own folder. */
function isInside(path: string): boolean {
  const segments = path.split('/');
  return !path.startsWith('/') && !segments.includes('..') && !segments.some((one) => one.toLowerCase() === '.git');
}
