import type { Answer } from '../../../domain/answer.ts';
import { toAnswer, toValues } from '../../../engine/search/answer.ts';
import { createGround, searchFrom } from '../../../engine/search/solver.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Further solutions that are looked for, and the nodes that each search may take. */
const FURTHER = 4;
const NODES = 1500;

/** The reference solution, through tools alone, passes; so does every further solution that the solver finds. */
export const witness: Gate = {
  name: 'witness',
  version: '1',
  ask(subject, evidence) {
    const { run, model, rules, rng } = subject;
    if (run.kind !== 'submitted') return fails(`the reference solution ended with ${describeEnd(run)}`);
    const values = toValues(model, JSON.parse(run.answer) as Answer);
    if (!values) return fails('the reference solution submits an answer that names what does not exist');
    const verdict = subject.judge(run.answer, subject.brokenBy(values));
    if (verdict.verdict !== 'pass')
      return fails(`the reference solution is judged ${verdict.verdict}: ${verdict.violations[0]?.message}`);
    evidence.solutions.push(values);
    const ground = createGround(
      model,
      rules.map((rule) => rule.bound),
    );
    for (let i = 0; i < FURTHER; i++) {
      const options = { seed: rng.int(1, 1 << 30), nodeLimit: NODES, solutions: 1, reversed: i % 2 === 1 };
      const [found] = searchFrom(ground, [], options).solutions;
      if (!found || evidence.solutions.some((known) => distance(known, found) === 0)) continue;
      const other = passes(subject, found);
      if (!other) return fails('an answer that the solver finds is not judged pass');
      evidence.solutions.push(found);
    }
    return holds(`the reference solution and ${evidence.solutions.length - 1} further solutions pass`);
  },
};

function passes(subject: Subject, values: Int32Array): boolean {
  return subject.judge(JSON.stringify(toAnswer(subject.model, values)), subject.brokenBy(values)).verdict === 'pass';
}

/** The share of slots in which two assignments differ. */
export function distance(a: Int32Array, b: Int32Array): number {
  return a.filter((value, slot) => value !== b[slot]).length / a.length;
}

function describeEnd(run: Exclude<Subject['run'], { kind: 'submitted' }>): string {
  if (run.kind === 'threw') return `an error: ${run.message}`;
  return run.kind === 'limit' ? `the limit on ${run.limit}` : 'no answer';
}
