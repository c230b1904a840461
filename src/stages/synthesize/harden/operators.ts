import { either } from '../../../engine/constraints/says/format.ts';
import { tighten } from '../../../engine/constraints/tighten.ts';
import { createBoard } from '../../../engine/measure/board.ts';
import { playGreedy } from '../../../engine/measure/players.ts';
import type { Rng } from '../../../util/rng.ts';
import {
  boundsOf,
  type ComposedRule,
  composeRule,
  createScene,
  type Draft,
  paletteRules,
  type Scene,
} from '../compose/draft.ts';
import { openEntries, proposeRule } from '../compose/propose.ts';
import type { PaletteEntry } from '../pack.ts';
import { plant, replant } from './plant.ts';

/** What an operator made of a draft: the draft without measure, and what was done in words. Null: it does not fit here. */
export interface Hardened {
  readonly draft: Draft;
  readonly operator: string;
  readonly detail: string;
}
/** Hardens a draft towards its level. */
export type Operator = (draft: Draft, rng: Rng) => Hardened | null;

/** The share by which one step moves a bound. */
const TIGHTEN_SHARE = 0.05;
/** Rules whose bound one step tries to move. */
const TIGHTEN_TRIES = 3;

const ROLE_OPERATORS: Readonly<Record<PaletteEntry['role'], string>> = {
  bound: 'add-bound',
  couple: 'couple-slots',
  conditional: 'add-conditional',
};

/** Adds one rule of the palette; conditional ones until the level has enough of them. */
export const addRule: Operator = (draft, rng) => {
  const { pack } = draft.scene;
  const spec = pack.levels[draft.level];
  const roles = new Map(pack.palette.map((entry) => [entry.id, entry.role]));
  const conditionals = paletteRules(draft.rules).filter((rule) => roles.get(rule.origin) === 'conditional').length;
  const wanted = conditionals < spec.conditionals ? 'conditional' : rng.chance(0.5) ? 'bound' : 'couple';
  for (const entry of openEntries(draft, wanted, rng)) {
    const rule = proposeRule(draft, entry, rng.fork(`propose/${entry.id}`));
    if (rule)
      return {
        draft: { ...draft, rules: [...draft.rules, rule] },
        operator: ROLE_OPERATORS[entry.role],
        detail: rule.id,
      };
  }
  return null;
};

/** Moves the bound of one rule; where the witness breaks it then, another one is looked for. */
export const tightenBound: Operator = (draft, rng) => {
  const movable = paletteRules(draft.rules).flatMap((rule) => {
    const node = tighten(rule.constraint, TIGHTEN_SHARE);
    return node ? [{ rule, node }] : [];
  });
  for (const { rule, node } of rng.sample(movable, TIGHTEN_TRIES)) {
    const tighter = composeRule(draft.scene, { ...rule, constraint: node }, rng);
    const rules = draft.rules.map((other) => (other === rule ? { ...rule, ...tighter, variant: rule.variant } : other));
    const witness = tighter.bound.test(draft.witness) ? draft.witness : replant({ ...draft, rules }, rng);
    if (witness) return { draft: { ...draft, rules, witness }, operator: 'tighten-bound', detail: rule.id };
  }
  return null;
};

/** The two streams that a rung draws from. */
export interface Streams {
  /** The whole ladder's: a frame is drawn alike in every attempt, so that a larger one extends a smaller one. */
  readonly ladder: Rng;
  /** That of one attempt at one rung. */
  readonly attempt: Rng;
}

/** Extends the frame to the level's size; the rules of the palette are proposed anew for it, from the same entries. */
export function addSlots(draft: Draft, { ladder, attempt }: Streams): Hardened | null {
  const { pack } = draft.scene;
  const scene = createScene(draft.scene, pack.levels[draft.level].size, ladder);
  const planted = plant(scene, attempt);
  if (!planted) return null;
  let grown: Draft = { ...draft, scene, ...planted };
  for (const old of paletteRules(draft.rules)) {
    const entry = pack.palette.find((one) => one.id === old.origin);
    const rule = entry ? proposeRule(grown, entry, attempt.fork(`again/${old.id}`)) : null;
    if (rule) grown = { ...grown, rules: [...grown.rules, rule] };
  }
  return {
    draft: grown,
    operator: 'add-slots',
    detail: `${draft.scene.model.slots.length} to ${scene.model.slots.length}`,
  };
}

/** How many greedy answers are asked which names they like. */
const GREEDY_PLAYS = 12;

/** Forbids the names that greedy play chooses most in one field and the witness does not use. */
export const forbidGreedy: Operator = (draft, rng) => {
  const { scene, rules, witness } = draft;
  const board = createBoard(scene.model, boundsOf(rules));
  const plays = Array.from({ length: GREEDY_PLAYS }, () => playGreedy(board, rng));
  for (const part of rng.shuffle(scene.frame.shape.parts)) {
    for (const field of rng.shuffle(part.fields)) {
      if (!('table' in field.domain)) continue;
      const slots = scene.model.slots.filter((slot) => slot.part === part.name && slot.field === field.name);
      const liked = favourites(
        slots.map((slot) => slot.index),
        plays,
        witness,
      ).map((value) => String(slots[0]?.labels[value]));
      if (liked.length === 0) continue;
      const rule = forbidding(scene, { part: part.name, field, names: liked }, rng);
      if (rule.bound.test(witness))
        return { draft: { ...draft, rules: [...rules, rule] }, operator: 'forbid-greedy', detail: liked.join(', ') };
    }
  }
  return null;
};

interface Forbidden {
  readonly part: string;
  readonly field: { readonly name: string; readonly says: string };
  readonly names: string[];
}

function forbidding(scene: Scene, { part, field, names }: Forbidden, rng: Rng): ComposedRule {
  const place = `\`${field.name}\``;
  const isOne = names.length === 1;
  const templates = [
    `${isOne ? `${names[0]} must not` : `neither ${either(names, 'nor')} may`} stand in ${place} of any row`,
    `do not choose ${either(names)} for ${place}, in whichever row`,
    `${either(names, 'and')} cannot be had, so leave ${isOne ? 'it' : 'them'} out of ${place} in all rows`,
  ];
  const rule = {
    id: 'forbidden-names',
    origin: 'forbid-greedy',
    constraint: {
      kind: 'each' as const,
      part,
      field: field.name,
      condition: { attr: {}, op: 'not in' as const, values: names },
    },
    wording: { subject: field.says, unit: 'text' as const, templates },
  };
  return composeRule(scene, rule, rng);
}

/** The two values that occur most often in the slots over all plays, without those of the witness. */
function favourites(slots: readonly number[], plays: readonly Int32Array[], witness: Int32Array): number[] {
  const used = new Set(slots.map((slot) => witness[slot]));
  const counts = new Map<number, number>();
  for (const play of plays)
    for (const slot of slots) counts.set(play[slot] as number, (counts.get(play[slot] as number) ?? 0) + 1);
  return [...counts]
    .filter(([value]) => !used.has(value))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 2)
    .map(([value]) => value);
}
