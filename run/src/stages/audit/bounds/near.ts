import { toAnswer } from '../../../engine/search/answer.ts';
import type { Model } from '../../../engine/search/model.ts';
import type { BoundRule, Subject } from '../subject.ts';
import type { From } from './reach.ts';

/** Answers with one slot of the rule changed that are drawn at most, and answers with several changed; all rules together get `TOTAL` of them. */
const SINGLE = 1500;
const SEVERAL = 600;
const TOTAL = 9000;
/** Slots that are changed together at most. */
const TOGETHER = 5;
const SHOWN = 80;

/** Asks one rule alone of many answers around `starts`; where its SQL differs from the in-memory test, in words, or null. `rules` are asked so. */
export function disagreementNear(
  rule: BoundRule,
  subject: Subject,
  { starts, rules }: { starts: readonly Int32Array[]; rules: number },
): string | null {
  const { check, bound } = rule;
  const { model, task, world } = subject;
  const checks = task.checks.filter((other) => other === check || other.stage === 'integrity');
  const alone = world.createVerifier({ ...task, checks });
  const rng = subject.rng.fork(`near/${check.id}`);
  for (const values of around(model, bound.scope, {
    starts,
    rng,
    share: Math.min(1, TOTAL / rules / (SINGLE + SEVERAL)),
  })) {
    const text = JSON.stringify(toAnswer(model, values));
    const expected = bound.test(values) ? 'pass' : 'fail';
    const { verdict } = alone.verify(text);
    if (verdict !== expected)
      return `${check.id} is judged ${verdict} by its SQL and ${expected} by the in-memory test in ${text.slice(0, SHOWN)}`;
  }
  return null;
}

/** Each start with one slot of the scope changed in every way, so far as they are not too many, and with several changed at random. */
function* around(
  model: Model,
  scope: readonly number[],
  { starts, rng, share }: From & { share: number },
): Generator<Int32Array> {
  const edits = starts.flatMap((start) =>
    scope.flatMap((slot) => (model.slots[slot]?.labels ?? []).map((_, value) => ({ start, slot, value }))),
  );
  for (const { start, slot, value } of rng.sample(edits, SINGLE * share)) {
    const values = Int32Array.from(start);
    values[slot] = value;
    yield values;
  }
  for (let i = 0; i < SEVERAL * share && starts.length > 0; i++) {
    const values = Int32Array.from(rng.pick(starts));
    for (const slot of rng.sample(scope, rng.int(2, i % 2 === 0 ? TOGETHER : scope.length + 1)))
      values[slot] = rng.int(0, (model.slots[slot]?.labels.length ?? 1) - 1);
    yield values;
  }
}
