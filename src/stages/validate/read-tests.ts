import { isExpectedOutput } from '../../engine/negate/expected-output.ts';
import { addedLines, type TestText } from '../../engine/negate/index.ts';
import { parsePatch } from '../../engine/patch/parse-patch.ts';
import type { Project } from '../../testbed/stack.ts';

/** The files of the test patch as they are after it, but for those that are deleted or binary. */
export async function readTests(project: Project, testPatch: string): Promise<TestText[]> {
  const files = parsePatch(testPatch).filter(({ change, binary }) => change !== 'deleted' && binary === undefined);
  const paths = [...new Set([...project.paths, ...files.map(({ path }) => path)])];
  const texts = await Promise.all(
    files.map(async (file) => {
      const text = await project.readTest(file.path);
      const isExpected = isExpectedOutput(file.path, paths);
      return text === undefined ? [] : [{ path: file.path, text, added: addedLines(file), isExpected }];
    }),
  );
  return texts.flat();
}
