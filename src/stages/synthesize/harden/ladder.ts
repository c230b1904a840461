import type { Level, LineageStep } from '../../../domain/task.ts';
import type { World } from '../../../domain/world.ts';
import type { Rng } from '../../../util/rng.ts';
import { createScene, type Draft, measureScore, paletteRules } from '../compose/draft.ts';
import { biteOf } from '../compose/propose.ts';
import type { DomainPack } from '../pack.ts';
import { addRule, addSlots, forbidGreedy, type Hardened, type Operator, tightenBound } from './operators.ts';
import { plant } from './plant.ts';

/** Why a rung of a ladder is missing. */
export type LadderReason = 'no-witness' | 'too-few-rules' | 'idle-rule' | 'not-harder';
export type Rung =
  | { readonly level: Level; readonly draft: Draft }
  | { readonly level: Level; readonly reason: LadderReason };

/** How often bounds are tightened on the way to a level. */
const TIGHTENINGS: Readonly<Record<Level, number>> = { 1: 0, 2: 0, 3: 1, 4: 3, 5: 7, 6: 8, 7: 10, 8: 12 };
/** Tries of one operator before it is given up on this rung. */
const TRIES = 6;
/** Whole rungs that are tried before a level is given up. */
const ATTEMPTS = 2;

/**
 * Climbs from the lowest of `levels` to the highest in one world. Each rung is hardened from the one before by named operators,
 * each kept only if the witness (or a new one) holds and the measured score rises.
 */
export function climb(pack: DomainPack, world: World, levels: readonly Level[], rng: Rng): Rung[] {
  const rungs: Rung[] = [];
  let draft: Draft | null = null;
  for (const level of levels) {
    const rung = climbTo(pack, world, { level, from: draft }, rng);
    rungs.push(rung);
    if ('draft' in rung) draft = rung.draft;
  }
  return rungs;
}

function climbTo(
  pack: DomainPack,
  world: World,
  { level, from }: { level: Level; from: Draft | null },
  rng: Rng,
): Rung {
  let reason: LadderReason = 'no-witness';
  for (let i = 0; i < ATTEMPTS; i++) {
    const stream = rng.fork(`${level}/${i}`);
    const reached = from ? harden(from, level, rng, stream) : root(pack, world, level, rng, stream);
    if (typeof reached === 'string') reason = reached;
    else if (from && reached.score <= from.score) reason = 'not-harder';
    else return { level, draft: reached };
  }
  return { level, reason };
}

function root(pack: DomainPack, world: World, level: Level, rng: Rng, stream: Rng): Draft | LadderReason {
  const scene = createScene(pack, world, pack.levels[level].size, rng);
  const planted = plant(scene, stream);
  if (!planted) return 'no-witness';
  const draft: Draft = { level, scene, ...planted, steps: [], score: measureScore({ scene, rules: planted.rules }) };
  return raise(draft, level, stream);
}

function harden(from: Draft, level: Level, rng: Rng, stream: Rng): Draft | LadderReason {
  const draft: Draft = { ...from, level };
  if (from.scene.frame.size >= from.scene.pack.levels[level].size) return raise(draft, level, stream);
  const grown = addSlots(draft, level, rng, stream);
  return grown ? raise(measured(draft, grown, level), level, stream) : 'no-witness';
}

/** Adds rules and tightens bounds until the draft is what its level asks for. */
function raise(from: Draft, level: Level, rng: Rng): Draft | LadderReason {
  const spec = from.scene.pack.levels[level];
  let draft = from;
  for (let failures = 0; paletteRules(draft.rules).length < spec.rules && failures < TRIES; ) {
    const next = attempt(draft, addRule, level, rng.fork(`rule/${draft.steps.length}/${failures}`));
    if (next) draft = next;
    else failures++;
  }
  for (let i = 0; i < TIGHTENINGS[level]; i++)
    draft = attempt(draft, tightenBound, level, rng.fork(`tighten/${i}`)) ?? draft;
  if (spec.forbidGreedy && !draft.rules.some((rule) => rule.origin === 'forbid-greedy')) {
    draft = attempt(draft, forbidGreedy, level, rng.fork('forbid')) ?? draft;
  }
  const kept = necessary(draft, rng.fork('necessary'));
  if (!kept) return 'idle-rule';
  draft = kept;
  const least = Math.ceil(spec.rules * 0.7);
  if (paletteRules(draft.rules).length < least) return 'too-few-rules';
  return { ...draft, score: measureScore(draft) };
}

/** Applies an operator; kept only if the score rises. */
function attempt(draft: Draft, operator: Operator, level: Level, rng: Rng): Draft | null {
  const hardened = operator(draft, level, rng);
  if (!hardened) return null;
  const next = measured(draft, hardened, level);
  return next.score > draft.score ? next : null;
}

function measured(before: Draft, { draft, operator, detail }: Hardened, level: Level): Draft {
  const score = measureScore(draft);
  const step: LineageStep = { operator, detail, level, before: before.score, after: score };
  return { ...draft, score, steps: [...draft.steps, step] };
}

/** How hard a near miss of a rule is looked for: harder for a frame's rule, which is not given up lightly. */
const PALETTE_SEARCH = { nodeLimit: 500, ways: 8 };
const FRAME_SEARCH = { nodeLimit: 3000, ways: 200 };

/** Without the rules that the others imply, and without those of the palette of which that is not known; null where it is not known of one of the frame. */
function necessary(draft: Draft, rng: Rng): Draft | null {
  let current = draft;
  for (const rule of draft.rules) {
    const isFrame = rule.origin === 'frame';
    const bite = biteOf(current, rule, isFrame ? FRAME_SEARCH : PALETTE_SEARCH, rng);
    if (bite.kind === 'unknown' && isFrame) return null;
    const kept = bite.kind === 'found' ? [{ ...rule, miss: bite.values }] : [];
    current = { ...current, rules: current.rules.flatMap((other) => (other === rule ? kept : [other])) };
  }
  return current;
}
