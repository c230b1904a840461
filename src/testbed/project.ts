import type { Candidate } from '../domain/candidate.ts';
import { classifyPath, readTreeFacts } from '../engine/files/classify.ts';
import { parsePatch } from '../engine/patch/parse-patch.ts';
import type { Repository } from '../ports/repository.ts';
import type { Project } from './stack.ts';

/** Lock files of large workspaces have several million bytes, and what is not read of them is in no key of a layer. */
const maxTextBytes = 2 ** 24;

/** A candidate as stacks see it; undefined where the test patch does not apply. */
export async function readProject(
  candidate: Candidate,
  { repository, date }: { readonly repository: Repository; readonly date: string },
  signal: AbortSignal,
): Promise<Project | undefined> {
  const { baseCommit, testPatch, goldPatch } = candidate;
  const paths = (await repository.tree(baseCommit, signal))
    .filter(({ mode }) => mode !== '160000')
    .map(({ path }) => path);
  const tested = changedPaths(testPatch);
  const after = await repository.filesAfter({ commit: baseCommit, patch: testPatch }, tested, signal);
  if (after === undefined) return undefined;
  const facts = readTreeFacts([...paths, ...tested]);
  const isTest = (path: string) => classifyPath(path, facts) === 'test';
  const tag = await repository.describe(baseCommit, signal);
  return {
    repository: candidate.repository,
    language: candidate.language,
    paths,
    read: async (path) => textOf(await repository.read(baseCommit, path, signal)),
    committedAt: date,
    sources: changedPaths(goldPatch),
    tests: tested.filter((path) => after.has(path) && isTest(path)),
    support: tested.filter((path) => after.has(path) && !isTest(path)),
    readTest: async (path) => textOf(after.get(path) ?? (await repository.read(baseCommit, path, signal))),
    version: tag === undefined ? undefined : versionOf(tag),
  };
}

function changedPaths(patch: string): string[] {
  return parsePatch(patch)
    .filter(({ change }) => change !== 'deleted')
    .map(({ path }) => path)
    .sort();
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.byteLength > maxTextBytes || bytes.includes(0)) return undefined;
  return new TextDecoder().decode(bytes);
}

/** "v1.2.3", "release-1.2", "name/1.2.3rc1" → what begins with the first number. */
function versionOf(tag: string): string | undefined {
  return /\d+(?:[._]\d+)*(?:[-.]?(?:a|b|rc|alpha|beta|post|dev)[-.]?\d*)?/i.exec(tag)?.[0]?.replaceAll('_', '.');
}
