import type { Kill } from '../../../domain/proof.ts';
import { toAnswer } from '../../../engine/search/answer.ts';
import { wilson } from '../../../util/wilson.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { type Mutant, mutantsOf, structuralMutants } from '../mutate.ts';
import { namedBy, type Subject } from '../subject.ts';

/** Every mutation of a solution that breaks a rule by the in-memory test fails, and the verifier names exactly the broken rules. */
export const mutants: Gate = {
  name: 'mutants',
  version: '1',
  ask(subject, evidence) {
    const [solution] = evidence.solutions;
    if (!solution) return fails('there is no solution to mutate');
    const tally = new Map<string, Kill>();
    const all = mutantsOf(subject.model, solution, subject.rng.fork('mutants'));
    for (const mutant of all) {
      const wrong = judgeMutant(subject, mutant, tally);
      if (wrong) return fails(wrong);
    }
    const structural = structuralMutants(toAnswer(subject.model, solution));
    for (const { operator, text } of structural) {
      const { verdict } = subject.judge(text, null);
      if (verdict !== 'fail') return fails(`an answer with ${operator} is judged ${verdict}`);
    }
    for (const kill of tally.values()) evidence.killMatrix.push({ ...kill, ...wilson(kill.killed, kill.mutants) });
    return holds(`${all.length + structural.length} mutants are judged as they should be`);
  },
};

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
