import type { Answer } from '../../../domain/answer.ts';
import type { Kill } from '../../../domain/proof.ts';
import { toAnswer } from '../../../engine/search/answer.ts';
import { wilson } from '../../../util/wilson.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { strangersOf, structuralMutants } from '../misfits.ts';
import { type Mutant, mutantsOf } from '../mutate.ts';
import { namedBy, type Subject } from '../subject.ts';

/** Every mutation of a solution that breaks a rule by the in-memory test fails, and the verifier names exactly the broken rules. */
export const mutants: Gate = {
  name: 'mutants',
  version: '2',
  ask(subject, evidence) {
    const [solution] = evidence.solutions;
    if (!solution) return fails('there is no solution to mutate');
    const tally = new Map<string, Kill>();
    const all = mutantsOf(subject.model, solution, subject.rng.fork('mutants'));
    for (const mutant of all) {
      const wrong = judgeMutant(subject, mutant, tally);
      if (wrong) return fails(wrong);
    }
    const misfits = judgeMisfits(subject, toAnswer(subject.model, solution));
    if (typeof misfits === 'string') return fails(misfits);
    for (const kill of tally.values()) evidence.killMatrix.push({ ...kill, ...wilson(kill.killed, kill.mutants) });
    return holds(`${all.length + misfits} mutants are judged as they should be`);
  },
};

/** How many answers of no form, or with names and keys that are none, were judged; or what is wrong with the verdict on one. */
function judgeMisfits(subject: Subject, answer: Answer): number | string {
  const structural = structuralMutants(answer);
  for (const { operator, text } of structural) {
    const { verdict } = subject.judge(text, null);
    if (verdict !== 'fail') return `an answer with ${operator} is judged ${verdict}`;
  }
  const strangers = strangersOf(answer, subject.task.answer.shape);
  for (const { operator, text, check } of strangers) {
    const verdict = subject.judge(text, null);
    const named = namedBy(verdict).join(', ') || 'nothing';
    if (named !== check)
      return `an answer with ${operator} is judged ${verdict.verdict} for ${named} instead of ${check}`;
  }
  return structural.length + strangers.length;
}

/** What is wrong with the verdict on a mutant, or null. */
function judgeMutant(subject: Subject, { operator, values }: Mutant, tally: Map<string, Kill>): string | null {
  const broken = subject.brokenBy(values).sort();
  const verdict = subject.judge(JSON.stringify(toAnswer(subject.model, values)), broken);
  const named = namedBy(verdict);
  for (const check of broken) {
    const id = `${check}/${operator}`;
    const cell = tally.get(id) ?? { check, operator, mutants: 0, killed: 0, low: 0, high: 1 };
    tally.set(id, { ...cell, mutants: cell.mutants + 1, killed: cell.killed + Number(named.includes(check)) });
  }
  const expected = broken.length === 0 ? 'pass' : 'fail';
  if (verdict.verdict === expected && named.join() === broken.join()) return null;
  return `a mutant (${operator}) breaks ${broken.join(', ') || 'nothing'}, but is judged ${verdict.verdict} for ${named.join(', ') || 'nothing'}`;
}
