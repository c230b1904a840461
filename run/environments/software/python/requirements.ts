import type { Project } from '../../../src/testbed/stack.ts';
import { folderOf, isBelow, join, nameOf, relativeTo } from '../shared/paths.ts';
import { type Finding, parseRequirement } from './finding.ts';

const KIND = '(?:unit[-_]?)?tests?|testing|dev|devel|develop|development|ci';
/** "requirements-dev.txt", "test_requirements.txt", "requirements/tests.txt", "tests/requirements.txt". */
const FILE = new RegExp(
  `^(?:(?:requirements?|reqs)(?:[-_./]|-for-)(?:${KIND})|(?:${KIND})[-_/.](?:requirements?|reqs))(?:\\.(?:txt|in|pip))$`,
  'i',
);

/** Files of the folder whose names say that tests or developers need them: of tests first, compiled ones before their sources. */
export function toRequirementFiles(paths: readonly string[], folder: string): readonly string[] {
  const found = paths.filter((path) => isBelow(folder, path) && FILE.test(relativeTo(folder, path)));
  const ofTests = found.filter((path) => /test/i.test(relativeTo(folder, path)));
  const chosen = ofTests.length > 0 ? ofTests : found;
  return chosen.filter((path) => !path.endsWith('.in') || !chosen.includes(path.replace(/in$/, 'txt')));
}

/** A requirements file with those that it includes; `depth` bounds files that include each other. */
export async function readRequirements(project: Project, path: string, depth = 6): Promise<Finding | undefined> {
  const text = await project.read(path);
  if (text === undefined || depth === 0) return undefined;
  const lines = text.replaceAll(/\\\r?\n\s*/g, ' ').split(/\r?\n/);
  const included = lines.flatMap((line) => /^\s*(?:-r|--requirement)[\s=]*(\S+)/.exec(line)?.[1] ?? []);
  const others = await Promise.all(
    included.map((other) => readRequirements(project, normalise(join(folderOf(path), other)), depth - 1)),
  );
  const parsed = lines.map(parseRequirement);
  return {
    path,
    extras: [...parsed.flatMap((item) => item.extras), ...others.flatMap((other) => other?.extras ?? [])],
    requirements: [
      ...parsed.flatMap(({ requirement }) => requirement ?? []),
      ...others.flatMap((other) => other?.requirements ?? []),
    ],
  };
}

/** Whether a requirements file is about something else than tests. */
export function isForOthers(path: string): boolean {
  return /doc|lint|style|mypy|typing|build|release|bench|publish|deploy|prod/i.test(nameOf(path));
}

function normalise(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  return kept.join('/');
}
