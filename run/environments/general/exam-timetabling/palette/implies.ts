import type { Basic, Condition, SlotCondition } from '../../../../src/domain/constraint.ts';
import type { PaletteEntry, ProposeContext, Rule, Wording } from '../../../../src/stages/synthesize/pack.ts';
import { PART } from '../slots.ts';
import { type Group, named } from './groups.ts';
import { boundOf, FIRST_PERIOD, LAST_PERIOD, type Measure, nodeOf, PAY, RATING, wordingOf, YEARS } from './measure.ts';
import { type Field, holdsOf, keysOf, type Play, planted, randomPlays, shareOf } from './play.ts';

/** Whoever wants to avoid the consequence must give up at least half of the choices for the first exam. */
const LEAST_OFTEN = 0.5;
const MOST_OFTEN = 0.95;
const BITE = 0.5;
const TRIES = 6;

interface Premise {
  readonly field: Field;
  readonly condition: Condition;
  says(exam: string): string;
}

/** Rules of the form "if this exam is so, then those exams are so". */
export const implications: readonly PaletteEntry[] = [
  // Once the anchor paper is late, the papers that depend on it move and are led by others.
  {
    id: 'knock-on-time',
    role: 'conditional',
    from: 3,
    times: 2,
    propose: (ctx) => propose(ctx, 'knock-on-time', timePremises(ctx)),
  },
  // Where the anchor paper goes decides what is left for its neighbours.
  {
    id: 'knock-on-place',
    role: 'conditional',
    from: 4,
    times: 2,
    propose: (ctx) => propose(ctx, 'knock-on-place', placePremises(ctx)),
  },
];

function timePremises(ctx: ProposeContext): Premise[] {
  const day = ctx.rng.int(2, 3);
  return [
    {
      field: 'sitting',
      condition: { attr: { column: 'day' }, op: '>=', values: [day] },
      says: (exam) => `${exam} is held on day ${day} or later`,
    },
    {
      field: 'sitting',
      condition: { attr: { column: 'day' }, op: '<=', values: [day + 1] },
      says: (exam) => `${exam} is held on day ${day + 1} or earlier`,
    },
    {
      field: 'sitting',
      condition: { attr: { column: 'starts' }, op: '<', values: [960] },
      says: (exam) => `${exam} starts before 16:00`,
    },
  ];
}

function placePremises(ctx: ProposeContext): Premise[] {
  const campus = ctx.rng.pick(['North', 'South']);
  const building = String(ctx.rng.pick(ctx.world.rows.building ?? []).name);
  return [
    {
      field: 'sitting',
      condition: { attr: { column: 'campus' }, op: '=', values: [campus] },
      says: (exam) => `${exam} is held on the ${campus} campus`,
    },
    {
      field: 'sitting',
      condition: { attr: { column: 'building' }, op: '<>', values: [building] },
      says: (exam) => `${exam} is held anywhere but in ${building}`,
    },
  ];
}

function propose(ctx: ProposeContext, id: string, premises: readonly Premise[]): Rule | null {
  const plays = randomPlays(ctx);
  for (let i = 0; i < TRIES; i++) {
    const key = ctx.rng.pick(keysOf(ctx));
    const premise = ctx.rng.pick(premises);
    const applies = (play: Play) =>
      holdsOf(play(key, premise.field)[premise.condition.attr.column ?? ''] as string | number, premise.condition);
    const often = shareOf(plays, applies);
    const taken = ctx.rules.some(({ constraint }) => constraint.kind === 'implies' && constraint.when[0]?.key === key);
    if (taken || !applies(planted(ctx)) || often < LEAST_OFTEN || often > MOST_OFTEN) continue;
    const then = consequence(ctx, key, plays.filter(applies));
    if (!then) continue;
    const when: SlotCondition = { part: PART, key, field: premise.field, condition: premise.condition };
    return {
      id,
      constraint: { kind: 'implies', when: [when], then: then.node },
      wording: {
        subject: premise.says(key),
        unit: 'count',
        parts: { when: premise.says(key) },
        templates: ['if {when}, then {then}', '{then}, provided that {when}'],
        nested: [then.wording],
      },
    };
  }
  return null;
}

const CONSEQUENCES: readonly Measure[] = [FIRST_PERIOD, LAST_PERIOD, PAY, RATING, YEARS];

function consequence(
  ctx: ProposeContext,
  key: string,
  plays: readonly Play[],
): { node: Basic; wording: Wording } | null {
  for (const chosen of ctx.rng.shuffle(CONSEQUENCES)) {
    const group: Group | null = named(ctx, ctx.rng.int(2, 3), [key]);
    if (!group) return null;
    const bound = boundOf(ctx, chosen, { ...group, plays, easy: BITE });
    if (bound === null) continue;
    const node = nodeOf(ctx, chosen, group)(bound);
    return { node, wording: wordingOf(chosen, group.label) };
  }
  return null;
}
