import type { Level, LineageStep } from '../../../domain/task.ts';
import type { Rng } from '../../../util/rng.ts';
import {
  type ComposedRule,
  composeRule,
  createScene,
  type Draft,
  measureScore,
  paletteRules,
  type Setting,
} from '../compose/draft.ts';
import { biteOf } from '../compose/propose.ts';
import {
  addRule,
  addSlots,
  forbidGreedy,
  type Hardened,
  type Operator,
  type Streams,
  tightenBound,
} from './operators.ts';
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
/** The share of a level's rules without which it is not that level. */
const LEAST_RULES = 0.7;

/**
 * Climbs from the lowest of `levels` to the highest in one world. Each rung is hardened from the one before by named operators,
 * each kept only if the witness (or a new one) holds and the measured score rises.
 */
export function climb(setting: Setting, levels: readonly Level[], rng: Rng): Rung[] {
  const rungs: Rung[] = [];
  let draft: Draft | null = null;
  for (const level of levels) {
    const rung = climbTo(level, { setting, from: draft }, rng);
    rungs.push(rung);
    if ('draft' in rung) draft = rung.draft;
  }
  return rungs;
}

function climbTo(level: Level, { setting, from }: { setting: Setting; from: Draft | null }, rng: Rng): Rung {
  let reason: LadderReason = 'no-witness';
  for (let i = 0; i < ATTEMPTS; i++) {
    const streams = { ladder: rng, attempt: rng.fork(`${level}/${i}`) };
    const reached = from ? harden({ ...from, level }, streams) : root(setting, level, streams);
    if (typeof reached === 'string') reason = reached;
    else if (from && reached.score <= from.score) reason = 'not-harder';
    else return { level, draft: reached };
  }
  return { level, reason };
}

function root(setting: Setting, level: Level, { ladder, attempt }: Streams): Draft | LadderReason {
  const scene = createScene(setting, setting.pack.levels[level].size, ladder);
  const planted = plant(scene, attempt);
  if (!planted) return 'no-witness';
  const score = measureScore({ scene, rules: planted.rules });
  return raise({ level, scene, ...planted, steps: [], score }, attempt);
}

/** Brings a draft of a lower level, with its new level written on it, up to that level. */
function harden(draft: Draft, streams: Streams): Draft | LadderReason {
  const { frame, pack } = draft.scene;
  if (frame.size >= pack.levels[draft.level].size) return raise(draft, streams.attempt);
  const grown = addSlots(draft, streams);
  return grown ? raise(measured(draft, grown), streams.attempt) : 'no-witness';
}

/** Adds rules and tightens bounds until the draft is what its level asks for. */
function raise(from: Draft, rng: Rng): Draft | LadderReason {
  const spec = from.scene.pack.levels[from.level];
  let draft = withFrame(from, rng.fork('frame'));
  for (let failures = 0; paletteRules(draft.rules).length < spec.rules && failures < TRIES; ) {
    const next = apply(addRule, draft, rng.fork(`rule/${draft.steps.length}/${failures}`));
    if (next) draft = next;
    else failures++;
  }
  for (let i = 0; i < TIGHTENINGS[from.level]; i++)
    draft = apply(tightenBound, draft, rng.fork(`tighten/${i}`)) ?? draft;
  if (spec.forbidGreedy && !draft.rules.some((rule) => rule.origin === 'forbid-greedy'))
    draft = apply(forbidGreedy, draft, rng.fork('forbid')) ?? draft;
  const kept = necessary(draft, rng.fork('necessary'));
  if (!kept) return 'idle-rule';
  if (paletteRules(kept.rules).length < Math.ceil(spec.rules * LEAST_RULES)) return 'too-few-rules';
  return { ...kept, score: measureScore(kept) };
}

/** With the frame's rules that others implied below: what has implied them may go on the way up. */
function withFrame(draft: Draft, rng: Rng): Draft {
  const { scene, rules } = draft;
  const known = new Map(rules.filter(({ origin }) => origin === 'frame').map((rule) => [rule.id, rule]));
  const frame = scene.frame.rules.map(
    (rule) => known.get(rule.id) ?? composeRule(scene, { ...rule, origin: 'frame' }, rng),
  );
  return { ...draft, rules: [...frame, ...paletteRules(rules)] };
}

/** Applies an operator; kept only if the score rises. */
function apply(operator: Operator, draft: Draft, rng: Rng): Draft | null {
  const hardened = operator(draft, rng);
  if (!hardened) return null;
  const next = measured(draft, hardened);
  return next.score > draft.score ? next : null;
}

function measured(before: Draft, { draft, operator, detail }: Hardened): Draft {
  const score = measureScore(draft);
  const step: LineageStep = { operator, detail, level: draft.level, before: before.score, after: score };
  return { ...draft, score, steps: [...draft.steps, step] };
}

/** How hard a near miss of a rule is looked for: harder for a frame's rule, which is not given up lightly. */
const PALETTE_SEARCH = { nodeLimit: 500, ways: 8 };
const FRAME_SEARCH = { nodeLimit: 3000, ways: 200 };

/**
 * Without the rules that the others imply, and without those of the palette of which that is not known; null where it is not known of one of the frame.
 * The frame's come last: what has implied one of them then stays.
 */
function necessary(draft: Draft, rng: Rng): Draft | null {
  let current = draft;
  const isFrame = ({ origin }: ComposedRule) => origin === 'frame';
  for (const rule of [...draft.rules.filter((one) => !isFrame(one)), ...draft.rules.filter(isFrame)]) {
    const bite = biteOf(current, rule, { ...(isFrame(rule) ? FRAME_SEARCH : PALETTE_SEARCH), rng });
    if (bite.kind === 'unknown' && isFrame(rule)) return null;
    const kept = bite.kind === 'found' ? [{ ...rule, miss: bite.values }] : [];
    current = { ...current, rules: current.rules.flatMap((other) => (other === rule ? kept : [other])) };
  }
  return current;
}
