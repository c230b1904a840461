import { posix } from 'node:path';
import type { Recipe } from '../domain/recipe.ts';

const WORD = String.raw`["']?([\w@.][\w@./-]*)`;
/** What an interpreter is given to run, and what a flag has a runner load. */
const CALLED = [
  new RegExp(
    String.raw`(?<![\w./-])(?:node|babel-node|ts-node|tsx|bash|sh|perl|php|ruby|python3?)\s+(?:(?:-r|--require|--import|--loader)\s+\S+\s+|-\S+\s+)*${WORD}`,
    'g',
  ),
  new RegExp(
    String.raw`(?<!\S)(?:-r|-c|--require|--import|--loader|--config|--setupFiles|--env-file|--opts|--globalSetup)(?:=|\s+)${WORD}`,
    'g',
  ),
  // A program that is called by its path.
  /(?<=^|[;&|(\n]\s*)(?!\/)([\w@.-]*\/[\w@./-]+)/g,
];
const ENTERED = new RegExp(String.raw`(?<![\w./-])cd\s+${WORD}`, 'g');

/** Whether a path is one that the commands of a recipe's tests call by name: a program of the project that starts the tests decides about them. */
export function createCalled({ folder, test }: Pick<Recipe, 'folder' | 'test'>): (path: string) => boolean {
  const scripts = Object.values(test);
  const wordsOf = (pattern: RegExp) =>
    scripts.flatMap((text) => [...text.matchAll(pattern)].map(([, word = '']) => word));
  const folders = ['.', ...wordsOf(ENTERED)];
  const words = CALLED.flatMap(wordsOf);
  const called = new Set(words.flatMap((word) => folders.map((inner) => posix.join(folder, inner, word))));
  // Node finds "./setup" in "setup.js" and in "setup/index.js".
  return (path) => [path, path.replace(/(?:\/index)?\.\w+$/, '')].some((name) => called.has(name));
}
