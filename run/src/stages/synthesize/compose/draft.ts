import type { Key } from '../../../domain/answer.ts';
import { Constraint } from '../../../domain/constraint.ts';
import type { Level, LineageStep } from '../../../domain/task.ts';
import type { Row, World } from '../../../domain/world.ts';
import { type MeasuredTask, type ScorePlays, scoreOf, scorePlays } from '../../../engine/measure/difficulty.ts';
import { type Bound, bind } from '../../../engine/search/bind.ts';
import { createModel, type Model } from '../../../engine/search/model.ts';
import type { Rng } from '../../../util/rng.ts';
import type { DomainPack, Frame, PaletteEntry, Rule, Witness } from '../pack.ts';

export interface OriginalRule extends Rule {
  /** `frame`, `forbid-greedy`, or the id of the palette entry that proposed it. */
  readonly origin: string;
}

/** A rule of a draft, bound, with the wording that was drawn for it. */
export interface ComposedRule extends OriginalRule {
  readonly variant: number;
  readonly bound: Bound;
  /** An assignment that broke this rule alone when that was last looked for. */
  readonly miss?: Int32Array;
}

/** A task on its way up the ladder. Every rule holds of the witness. */
export interface Draft {
  readonly level: Level;
  readonly scene: Scene;
  readonly rules: readonly ComposedRule[];
  readonly witness: Int32Array;
  readonly steps: readonly LineageStep[];
  readonly score: number;
}

/** Where a ladder stands: one world of a pack. */
export interface Setting {
  readonly pack: DomainPack;
  readonly world: World;
}

/** A frame with its model: what all drafts of one size share. */
export interface Scene extends Setting {
  readonly frame: Frame;
  readonly model: Model;
  /** Plays that know nothing but the frame's local rules, for measuring scores. */
  readonly plays: ScorePlays;
}

export function createScene({ pack, world }: Setting, size: number, rng: Rng): Scene {
  const frame = pack.frame(world, size, rng.fork('frame'));
  const model = createModel(frame.shape, world.rows);
  const bounds = frame.rules.map((rule) => bind(model, Constraint.parse(rule.constraint)));
  return { pack, world, frame, model, plays: scorePlays(model, bounds) };
}

/** Binds a rule to a scene. The pack's constraint is parsed, so that a slip in a pack is found here and not in a verifier. */
export function composeRule(scene: Scene, rule: OriginalRule, rng: Rng): ComposedRule {
  const constraint = Constraint.parse(rule.constraint);
  return { ...rule, constraint, variant: rng.int(0, 11), bound: bind(scene.model, constraint) };
}

export function createWitness({ model }: Scene, values: ArrayLike<number>): Witness {
  const at = (part: string, key: Key, field: string): number => model.slot(part, key, field);
  return {
    value: (part, key, field) =>
      model.slots[at(part, key, field)]?.labels[values[at(part, key, field)] as number] as string | number,
    row(part, key, field) {
      const slot = model.slots[at(part, key, field)];
      return model.rows[slot?.table ?? '']?.[values[at(part, key, field)] as number] as Row;
    },
  };
}

export const boundsOf = (rules: readonly ComposedRule[]): Bound[] => rules.map((rule) => rule.bound);
export const paletteRules = (rules: readonly ComposedRule[]): ComposedRule[] =>
  rules.filter((rule) => rule.origin !== 'frame');

/** The draft as it is measured. */
export function toMeasured({ scene, rules }: Pick<Draft, 'scene' | 'rules'>): MeasuredTask {
  return {
    model: scene.model,
    frame: boundsOf(rules.filter((rule) => rule.origin === 'frame')),
    bounds: boundsOf(rules),
  };
}

/** The score of rules in a scene, as a ladder compares it. */
export const measureScore = ({ scene, rules }: Pick<Draft, 'scene' | 'rules'>): number =>
  scoreOf(boundsOf(rules), scene.plays);

/** How often each entry is used by the rules. */
export const usesOf = (rules: readonly ComposedRule[], entry: PaletteEntry): number =>
  rules.filter((rule) => rule.origin === entry.id).length;
