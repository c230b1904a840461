import { toAnswer } from '../../../engine/search/answer.ts';
import { disagreementNear } from '../bounds/near.ts';
import { reach, type Sides } from '../bounds/reach.ts';
import type { Reading } from '../bounds/reading.ts';
import { readingsOf } from '../bounds/readings.ts';
import type { Evidence } from '../evidence.ts';
import { foreignChecks } from '../foreign.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { type BoundRule, namedBy, type Subject } from '../subject.ts';

/** Bounds that are drawn among the rules whose SQL is the engine's own, word for word; of the others all are asked. */
const DRAWN = 6;
/** Solutions from which answers on a bound are looked for, beside the near miss of the rule. */
const STARTS = 2;

/** On each bound, just below and just above it, the SQL decides as the in-memory test does; SQL that is not the engine's own does so on many answers around. */
export const bounds: Gate = {
  name: 'bounds',
  version: '1',
  ask(subject, evidence) {
    const { task, environment, rules, model, rng } = subject;
    const foreign = new Set(foreignChecks(task, environment).map((check) => check.id));
    const all = rules.flatMap((rule) => readingsOf(model, rule.constraint).map((reading) => ({ rule, reading })));
    const own = all.filter(({ rule }) => !foreign.has(rule.check.id));
    const asked = [...all.filter((one) => !own.includes(one)), ...rng.fork('bounds').sample(own, DRAWN)];
    for (const bound of asked) {
      const wrong = judgeBound(subject, bound, evidence);
      if (wrong !== null) return fails(wrong);
    }
    for (const rule of rules.filter(({ check }) => foreign.has(check.id))) {
      const wrong = disagreementNear(rule, subject, { starts: startsFor(rule, evidence), rules: foreign.size });
      if (wrong !== null) return fails(wrong);
    }
    return holds(summary(evidence, { all: all.length, foreign: foreign.size }));
  },
};

interface Asked {
  readonly rule: BoundRule;
  readonly reading: Reading;
}

/** Judges the answers on a bound and on both sides of it; what is wrong with the verdict on one, or null. */
function judgeBound(subject: Subject, { rule, reading }: Asked, evidence: Evidence): string | null {
  const { model, rng } = subject;
  const { check, bound } = rule;
  const sides = reach(model, reading, {
    starts: startsFor(rule, evidence),
    rng: rng.fork(`bound/${check.id}/${reading.bound}`),
  });
  for (const probe of [sides.below, sides.at, sides.above]) {
    if (!probe) continue;
    const broken = subject.brokenBy(probe.values).sort();
    const verdict = subject.judge(JSON.stringify(toAnswer(model, probe.values)), broken);
    const named = namedBy(verdict);
    if (named.join() !== broken.join())
      return `where ${check.id} finds ${probe.reads} and its bound is ${reading.bound}, the verdict is ${verdict.verdict} for ${named.join(', ') || 'nothing'} instead of ${broken.join(', ') || 'nothing'}`;
  }
  const verdicts = new Set(
    [sides.below, sides.at, sides.above].flatMap((probe) => (probe ? [bound.test(probe.values)] : [])),
  );
  evidence.bounds.push({
    check: check.id,
    op: reading.op,
    bound: reading.bound,
    ...readsOf(sides),
    told: verdicts.size === 2,
  });
  return null;
}

const readsOf = ({ below, at, above }: Sides) => ({
  below: below?.reads ?? null,
  at: at?.reads ?? null,
  above: above?.reads ?? null,
});

/** A near miss of the rule first, since there the other demands of the rule are met; then solutions. */
function startsFor({ check }: BoundRule, { nearMisses, solutions }: Evidence): Int32Array[] {
  const misses = nearMisses.filter((miss) => miss.check === check.id).map((miss) => miss.values);
  return [...misses, ...solutions.slice(0, STARTS)];
}

function summary({ bounds: asked }: Evidence, { all, foreign }: { all: number; foreign: number }): string {
  const told = asked.filter((one) => one.told).length;
  const exact = asked.filter((one) => one.at !== null).length;
  const open = asked.filter((one) => !one.told).map((one) => `${one.check} ${one.op} ${one.bound}`);
  const unreached = open.length > 0 ? `; no answer found beyond ${open.join(', ')}` : '';
  const origin =
    foreign > 0
      ? `${foreign} ${foreign === 1 ? 'check is' : 'checks are'} worded otherwise than by this engine`
      : 'all SQL is what this engine writes';
  return `${asked.length} of ${all} bounds asked: ${told} met from both sides, ${exact} exactly${unreached}; ${origin}`;
}
