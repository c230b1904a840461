import type { Answer } from '../../../domain/answer.ts';
import { findNearMiss } from '../../../engine/constraints/near-miss.ts';
import { toAnswer, toValues } from '../../../engine/search/answer.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { namedBy } from '../subject.ts';

/** How hard a near miss is looked for. */
const EFFORT = { nodeLimit: 6000, ways: 200 };

/** For each rule there is an answer that breaks it alone, and the verifier names it alone. */
export const necessity: Gate = {
  name: 'necessity',
  version: '1',
  ask(subject, evidence) {
    const { model, rules, rng } = subject;
    const hints = new Map(
      subject.hints.nearMisses.map(({ check, answer }) => [check, toValues(model, answer as Answer) ?? undefined]),
    );
    for (const { check, bound } of rules) {
      const others = rules.filter((rule) => rule.check !== check).map((rule) => rule.bound);
      const options = {
        rng: rng.fork(`near/${check.id}`),
        ...EFFORT,
        solutions: evidence.solutions,
        hint: hints.get(check.id),
      };
      const miss = findNearMiss({ model, target: bound, others }, options);
      if (miss.kind !== 'found')
        return fails(
          `no answer breaks ${check.id} alone${miss.kind === 'implied' ? ': the other rules imply it' : ' within the node limit'}`,
        );
      const verdict = subject.judge(JSON.stringify(toAnswer(model, miss.values)), [check.id]);
      if (verdict.verdict !== 'fail' || namedBy(verdict).join() !== check.id) {
        return fails(
          `an answer that breaks ${check.id} alone is judged ${verdict.verdict} for ${namedBy(verdict).join(', ') || 'nothing'}`,
        );
      }
      evidence.nearMisses.push({ check: check.id, values: miss.values });
    }
    return holds(`each of ${rules.length} rules has an answer that breaks it alone`);
  },
};
