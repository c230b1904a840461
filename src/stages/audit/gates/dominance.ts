import type { Condition, Constraint, Node } from '../../../domain/constraint.ts';
import { createBoard, isSolved } from '../../../engine/measure/board.ts';
import { playInformed, playRandom } from '../../../engine/measure/players.ts';
import { bind } from '../../../engine/search/bind.ts';
import type { Model } from '../../../engine/search/model.ts';
import { createCondition } from '../../../engine/search/picks.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { BoundRule, Subject } from '../subject.ts';

const PLAYS = 120;
/** Draws without a hit that bound the pass rate below 1 in 10,000 with 95 % confidence (rule of three). */
const DRAWS = 30_000;
/** From this level on, uniform random play must not pass at all. */
const STRICT_LEVEL = 3;
/** The share of plays that keep the frame's local rules inside one branch that may pass the whole task, below the strict level and from it on. */
const LOOSE_SHARE = 0.5;
const STRICT_SHARE = 0.05;
/** Plays that a branch needs before its own rule is judged for bite, and the share that must break it at least once. */
const ENOUGH = 20;

interface Branch {
  readonly says: string;
  /** Whether an assignment falls into the branch. */
  readonly within: (values: ArrayLike<number>) => boolean;
  /** Whether any candidate falls into it at all. */
  readonly isPopulated: boolean;
  /** Whether what the branch demands is kept; null where it demands nothing. */
  readonly keeps: ((values: ArrayLike<number>) => boolean) | null;
}

/** No branch of a conditional rule is an escape: each can be entered, each demands something, none lets random play through. */
export const dominance: Gate = {
  name: 'dominance',
  version: '1',
  ask(subject) {
    const { rules, model, rng, task } = subject;
    const strict = task.difficulty.level >= STRICT_LEVEL;
    const board = createBoard(
      model,
      rules.map((rule) => rule.bound),
    );
    if (strict && playRandom(board, DRAWS, rng.fork('draws')) > 0)
      return fails(`random play passes at least once in ${DRAWS} draws`);
    const frame = createBoard(
      model,
      rules.filter((rule) => rule.check.origin === 'frame').map((rule) => rule.bound),
    );
    const plays = Array.from({ length: PLAYS }, () => playInformed(frame, rng));
    const branches = rules.flatMap((rule) => branchesOf(subject, rule));
    for (const branch of branches) {
      if (!branch.isPopulated) return fails(`${branch.says} cannot be entered`);
      const inside = plays.filter(branch.within);
      const passed = inside.filter((values) => isSolved(board, values)).length;
      const { keeps } = branch;
      if (passed > inside.length * (strict ? STRICT_SHARE : LOOSE_SHARE) && passed > 1)
        return fails(`in ${branch.says} ${passed} of ${inside.length} random plays pass the whole task`);
      if (keeps && inside.length >= ENOUGH && inside.every(keeps))
        return fails(`${branch.says} demands nothing that random play does not keep`);
    }
    return holds(`${branches.length} branches, none of them an escape`);
  },
};

function branchesOf(subject: Subject, { check, constraint }: BoundRule): Branch[] {
  switch (constraint.kind) {
    case 'tier':
      return tierBranches(subject.model, check.id, constraint);
    case 'implies':
      return impliesBranches(subject.model, check.id, constraint);
    case 'whenever':
      return wheneverBranches(subject.model, check.id, constraint);
    default:
      return [];
  }
}

function tierBranches(model: Model, id: string, { on, tiers }: Node<'tier'>): Branch[] {
  const slot = model.slot(on.part, on.key, on.field);
  const codes = model.codes(slot, on.attr);
  return tiers.map(({ from, until, then }, i) => {
    const holdsAt = (value: number): boolean =>
      (codes[value] as number) >= from && (until === null || (codes[value] as number) < until);
    const demands = then.map((node) => bind(model, node));
    return {
      says: `tier ${i + 1} of ${id}`,
      within: (values) => holdsAt(values[slot] as number),
      isPopulated: codes.some((_, value) => holdsAt(value)),
      keeps: (values) => demands.every((demand) => demand.test(values)),
    };
  });
}

function impliesBranches(model: Model, id: string, { when, then }: Node<'implies'>): Branch[] {
  const guards = when.map(({ part, key, field, condition }) => guard(model, model.slot(part, key, field), condition));
  const demand = bind(model, then as Constraint);
  const applies = (values: ArrayLike<number>): boolean =>
    guards.every((one) => one.holdsAt(values[one.slot] as number));
  return [
    {
      says: `${id} where it applies`,
      within: applies,
      isPopulated: guards.every((one) => one.some),
      keeps: (values) => demand.test(values),
    },
    { says: `${id} where it does not apply`, within: (values) => !applies(values), isPopulated: true, keeps: null },
  ];
}

function wheneverBranches(model: Model, id: string, node: Node<'whenever'>): Branch[] {
  const keys = node.keys ?? model.keys(node.part);
  const guards = keys.map((key) => guard(model, model.slot(node.part, key, node.when.field), node.when.condition));
  const all = bind(model, node);
  const applies = (values: ArrayLike<number>): boolean => guards.some((one) => one.holdsAt(values[one.slot] as number));
  return [
    {
      says: `${id} where it applies`,
      within: applies,
      isPopulated: guards.some((one) => one.some),
      keeps: (values) => all.test(values),
    },
    { says: `${id} where it does not apply`, within: (values) => !applies(values), isPopulated: true, keeps: null },
  ];
}

function guard(
  model: Model,
  slot: number,
  condition: Condition,
): { slot: number; some: boolean; holdsAt: (value: number) => boolean } {
  const codes = model.codes(slot, condition.attr);
  const keep = createCondition(model, condition);
  return { slot, some: codes.some((code) => keep(code)), holdsAt: (value) => keep(codes[value] as number) };
}
