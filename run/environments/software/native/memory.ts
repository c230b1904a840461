import type { Project } from '../../../src/testbed/stack.ts';

const WORDS =
  /sanitiz|\basan\b|valgrind|heap[_ -]?(?:buffer[_ -]?)?overflow|buffer[_ -]?over(?:flow|run|read)|out[_ -]of[_ -]bounds|use[_ -]after[_ -]free|double[_ -]free/gi;

/** Whether the test patch adds talk of memory errors to a test: such a test passes with or without the fix, unless a sanitizer looks on. */
export async function isAboutMemory(project: Project): Promise<boolean> {
  const gains = await Promise.all(
    project.tests.map(async (path) => count(await project.readTest(path)) - count(await project.read(path))),
  );
  return gains.some((gain) => gain > 0);
}

function count(text: string | undefined): number {
  return text?.match(WORDS)?.length ?? 0;
}
