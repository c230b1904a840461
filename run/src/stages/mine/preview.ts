import { classifyPath } from '../../engine/files/classify.ts';
import { languageOfPath } from '../../engine/files/code-language.ts';
import type { HubPullRequest } from '../../ports/hub.ts';
import { isTestSide } from './files/split-patch.ts';
import type { Rejection } from './reasons.ts';

/** With this every folder that may hold tests does: what is ruled out now is ruled out by any tree. */
const hopeful = { testBearing: { has: () => true } };

/** What the list of changed paths rules out before anything is cloned; undefined where the list is cut or the contents decide. */
export function judgePaths({ files, changedFiles }: HubPullRequest): Rejection | undefined {
  if (files === null || files.length === 0 || files.length !== changedFiles) return undefined;
  const classes = files.map((path) => classifyPath(path, hopeful));
  if (classes.every((fileClass) => fileClass === 'docs')) return { reason: 'docs-only', detail: listPaths(files) };
  const isTested = classes.some(isTestSide) || files.some(mayHoldTests);
  return isTested ? undefined : { reason: 'no-tests', detail: `${files.length} files, none of them a test` };
}

/** Languages with tests in the files that they test. */
function mayHoldTests(path: string): boolean {
  const language = languageOfPath(path);
  return language !== undefined && ['rust', 'c', 'cpp', 'javascript', 'typescript'].includes(language);
}

function listPaths(paths: readonly string[]): string {
  return paths
    .slice(0, 5)
    .map((path) => `${path} (docs)`)
    .join(', ');
}
