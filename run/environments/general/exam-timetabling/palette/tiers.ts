import type { Basic } from '../../../../src/domain/constraint.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext, Rule, Wording } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { type Group, named } from './groups.ts';
import {
  boundOf,
  FEES,
  FIRST_PERIOD,
  LAST_PERIOD,
  type Measure,
  measure,
  nodeOf,
  PAY,
  RATING,
  SEATS,
  sourceOf,
  wordingOf,
  YEARS,
} from './measure.ts';
import { examsOf, type Field, keysOf, type Play, planted, randomPlays, shareOf } from './play.ts';

/** A branch must turn away most random plays that fall into it, and every branch about as many as the planted one. */
const LOOSEST = 0.45;
const TRIES = 8;
const MEASURES: readonly Measure[] = [FEES, PAY, RATING, YEARS, SEATS, FIRST_PERIOD, LAST_PERIOD];

/** What decides on the branch: a number of one exam's slot, cut into three by its thirds among random plays. */
interface Scale {
  readonly id: string;
  readonly from: PaletteEntry['from'];
  readonly field: Field;
  readonly column: string;
  readonly unit: Unit;
  readonly lowest: number;
  key(ctx: ProposeContext): string;
  says(exam: string): string;
}

const largest = (ctx: ProposeContext) =>
  String(examsOf(ctx).reduce((a, b) => (Number(b.enrolled) > Number(a.enrolled) ? b : a)).code);
const any = (ctx: ProposeContext) => ctx.rng.pick(keysOf(ctx));

/** Rules with a bound of its own for each interval of one number. */
export const tiers: readonly PaletteEntry[] = [
  // The day of the largest paper decides where the markers are, and so what the others may cost.
  tier({
    id: 'big-paper-day',
    from: 3,
    field: 'sitting',
    column: 'day',
    unit: 'count',
    lowest: 1,
    key: largest,
    says: (exam) => `the day number of ${exam}`,
  }),
  // A dear room for one paper is made good elsewhere.
  tier({
    id: 'fee-bands',
    from: 4,
    field: 'sitting',
    column: 'fee',
    unit: 'money:EUR',
    lowest: 0,
    key: any,
    says: (exam) => `the fee of the sitting of ${exam}`,
  }),
  // The more experienced the lead of one paper, the less help there is for others.
  tier({
    id: 'experience-bands',
    from: 5,
    field: 'duty',
    column: 'years',
    unit: 'plain:years',
    lowest: 0,
    key: any,
    says: (exam) => `the experience of the person who leads ${exam}`,
  }),
];

function tier(scale: Scale): PaletteEntry {
  return { id: scale.id, role: 'conditional', from: scale.from, times: 1, propose: (ctx) => propose(ctx, scale) };
}

function propose(ctx: ProposeContext, { id, field, column, unit, lowest, key: choose, says }: Scale): Rule | null {
  const key = choose(ctx);
  const plays = randomPlays(ctx);
  const read = (play: Play) => Number(play(key, field)[column]);
  const cuts = cutsOf(plays.map(read));
  if (cuts.length === 0 || (cuts[0] as number) <= lowest) return null;
  const edges = [lowest, ...cuts];
  const spans = edges.map((from, i) => ({ from, until: edges[i + 1] ?? null }));
  const within = (play: Play, { from, until }: (typeof spans)[number]) =>
    from <= read(play) && (until === null || read(play) < until);
  const own = spans.findIndex((span) => within(planted(ctx), span));
  const branches = spans.map((span) => plays.filter((play) => within(play, span)));
  const first = plantedBranch(ctx, key, branches[own] as Play[]);
  if (!first) return null;
  const chosen = spans.map((_, i) =>
    i === own ? first : otherBranch(ctx, { key, plays: branches[i] as Play[], share: first.share }),
  );
  if (chosen.some((branch) => branch === null)) return null;
  const whole = chosen as Branch[];
  return {
    id,
    constraint: {
      kind: 'tier',
      on: { part: PART, key, field, attr: { column } },
      tiers: spans.map((span, i) => ({ ...span, then: [(whole[i] as Branch).node] })),
    },
    wording: {
      subject: says(key),
      unit,
      templates: ['{tiers}', 'exactly one of these cases applies: {tiers}'],
      nested: whole.map((branch) => branch.wording),
    },
  };
}

/** One or two values that part the sorted numbers into thirds or halves, rising. */
function cutsOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] as number;
  const cuts = [...new Set([at(1 / 3), at(2 / 3)])];
  return cuts.filter((cut) => cut > (sorted[0] as number));
}

interface Branch {
  readonly node: Basic;
  readonly wording: Wording;
  /** Share of the branch's random plays that keep the bound. */
  readonly share: number;
}

function plantedBranch(ctx: ProposeContext, key: string, plays: readonly Play[]): Branch | null {
  for (let i = 0; i < TRIES; i++) {
    const chosen = ctx.rng.pick(MEASURES);
    const group = some(ctx, key);
    if (!group) return null;
    const bound = boundOf(ctx, chosen, { ...group, plays, easy: LOOSEST });
    if (bound !== null) return toBranch(ctx, { chosen, group, bound, plays });
  }
  return null;
}

/** A branch that about the same share of its plays keeps, so that nobody gains by going there. */
function otherBranch(
  ctx: ProposeContext,
  { key, plays, share }: { key: string; plays: readonly Play[]; share: number },
): Branch | null {
  if (plays.length < 8) return null;
  for (let i = 0; i < TRIES; i++) {
    const chosen = ctx.rng.pick(MEASURES);
    const group = some(ctx, key);
    if (!group) return null;
    const bound = quantile(
      plays.map((play) => measure(ctx, play, sourceOf(chosen, group))),
      Math.min(share, LOOSEST),
      chosen.op,
    );
    if (bound < (chosen.least ?? 0)) continue;
    const branch = toBranch(ctx, { chosen, group, bound, plays });
    if (branch.share <= LOOSEST) return branch;
  }
  return null;
}

/** The bound that about `share` of the values keep. */
function quantile(values: readonly number[], share: number, op: Measure['op']): number {
  const rank = Math.max(1, Math.round(share * values.length));
  const sorted = values.toSorted((a, b) => (op === '<=' ? a - b : b - a));
  return sorted[rank - 1] as number;
}

/** Two to four exams other than `key`, two where there are no more. */
const some = (ctx: ProposeContext, key: string): Group | null =>
  named(ctx, ctx.rng.int(2, 4), [key]) ?? named(ctx, 2, [key]);

interface Cut {
  readonly chosen: Measure;
  readonly group: Group;
  readonly bound: number;
  readonly plays: readonly Play[];
}

function toBranch(ctx: ProposeContext, { chosen, group, bound, plays }: Cut): Branch {
  const source = sourceOf(chosen, group);
  return {
    node: nodeOf(ctx, chosen, group)(bound),
    wording: wordingOf(chosen, group.label),
    share: shareOf(plays, (play) => {
      const value = measure(ctx, play, source);
      return chosen.op === '<=' ? value <= bound : value >= bound;
    }),
  };
}
