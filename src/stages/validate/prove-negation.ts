import type { Negation } from '../../domain/instance.ts';
import { idsWith } from '../../engine/junit/ids-with.ts';
import { isExpectedOutput } from '../../engine/negate/expected-output.ts';
import { addedLines, negateTests, type TestText } from '../../engine/negate/index.ts';
import { parsePatch } from '../../engine/patch/parse-patch.ts';
import { type Gradable, type GradeNeeds, runAnswer } from '../../testbed/grade.ts';
import type { Project } from '../../testbed/stack.ts';

/** Negates the tests of the test patch, and finds out which of them fail with the gold patch then. Null where none does. */
export async function proveNegation(
  subject: Gradable,
  { project, ...needs }: GradeNeeds & { readonly project: Project },
  signal: AbortSignal,
): Promise<Negation | null> {
  const answer = { patch: subject.goldPatch };
  for (const patch of negateTests(await readTests(project, subject.testPatch))) {
    const { outcome } = await runAnswer(subject, { ...needs, answer, negation: patch }, signal);
    if (outcome?.kind !== 'ran' || outcome.run.end !== 'exited') continue;
    const failed = idsWith(outcome.run.report, 'fail', 'error');
    const failing = subject.expected.failToPass.filter((id) => failed.has(id));
    if (failing.length > 0) return { patch, failing };
  }
  return null;
}

async function readTests(project: Project, testPatch: string): Promise<TestText[]> {
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
