import type { Difficulty } from '../../domain/task.ts';
import { createRng, type Rng } from '../../util/rng.ts';
import type { Bound } from '../search/bind.ts';
import type { Model } from '../search/model.ts';
import { createGround, searchFrom } from '../search/solver.ts';
import { createBoard, isSolved } from './board.ts';
import { playLocalSearch } from './local-search.ts';
import { playGreedy, playInformed, playRandom } from './players.ts';

/** How much is played and searched to measure one task. */
export interface Effort {
  /** Uniformly drawn answers: 30,000 without a hit bound the pass rate below 1 in 10,000 with 95 % confidence (rule of three). */
  readonly random: number;
  readonly informed: number;
  readonly greedy: number;
  readonly localSearch: number;
  /** Verdicts that one local search may ask for. */
  readonly verdicts: number;
  readonly solverNodes: number;
  readonly solverRuns: number;
  readonly countSolutions: number;
}

export const FULL_EFFORT: Effort = {
  random: 30_000,
  informed: 200,
  greedy: 20,
  localSearch: 5,
  verdicts: 2000,
  solverNodes: 4000,
  solverRuns: 3,
  countSolutions: 50,
};

/** A task to be measured: all its rules, and those among them that any sensible answer keeps. */
export interface MeasuredTask {
  readonly model: Model;
  readonly frame: readonly Bound[];
  readonly bounds: readonly Bound[];
}

export function measureDifficulty(task: MeasuredTask, effort: Effort, rng: Rng): Omit<Difficulty, 'level' | 'score'> {
  const { model, bounds } = task;
  const board = createBoard(model, bounds);
  const informed = playsOf(task, effort.informed, rng);
  const greedy = Array.from({ length: effort.greedy }, () => isSolved(board, playGreedy(board, rng)));
  const local = Array.from({ length: effort.localSearch }, () => playLocalSearch(board, effort.verdicts, rng));
  const ground = createGround(model, bounds);
  const runs = Array.from({ length: effort.solverRuns }, () =>
    searchFrom(ground, [], { seed: rng.int(1, 1 << 30), nodeLimit: effort.solverNodes, solutions: 1 }),
  );
  const counted = searchFrom(ground, [], {
    seed: 1,
    nodeLimit: effort.solverNodes / 4,
    solutions: effort.countSolutions,
  });
  return {
    spaceLog10: round(model.slots.reduce((sum, slot) => sum + Math.log10(slot.labels.length), 0)),
    surprisal: surprisalOf(bounds, { plays: informed, kept: new WeakMap() }),
    random: { passed: playRandom(board, effort.random, rng), tried: effort.random },
    informed: { passed: informed.filter((values) => isSolved(board, values)).length, tried: informed.length },
    greedy: { passed: greedy.filter(Boolean).length, tried: greedy.length },
    localSearch: { passed: local.filter((used) => used !== null).length, tried: local.length },
    localSearchVerdicts: local.map((used) => used ?? effort.verdicts),
    solverNodes: median(runs.map((run) => run.nodes)),
    solverBacktracks: median(runs.map((run) => run.backtracks)),
    solutions: { count: counted.solutions.length, exact: counted.complete },
  };
}

/** Plays that one score takes. */
const SCORE_PLAYS = 80;

/** Plays that scores are measured by, with what was counted already. */
export interface ScorePlays {
  readonly plays: readonly Int32Array[];
  /** How many plays satisfy a rule. */
  readonly kept: WeakMap<Bound, number>;
}

/** Plays that keep the frame's local rules: the same ones for the same frame. */
export function scorePlays(model: Model, frame: readonly Bound[]): ScorePlays {
  return { plays: playsOf({ model, frame }, SCORE_PLAYS, createRng('score')), kept: new WeakMap() };
}

/** The score that a ladder compares: the surprisal of all rules to the plays, so that a further rule or a tighter bound never lowers it. */
export function scoreOf(bounds: readonly Bound[], played: ScorePlays): number {
  return surprisalOf(bounds, played);
}

function playsOf({ model, frame }: Pick<MeasuredTask, 'model' | 'frame'>, count: number, rng: Rng): Int32Array[] {
  const board = createBoard(model, frame);
  return Array.from({ length: count }, () => playInformed(board, rng));
}

/** Sum over the rules of -log10 of the share of plays that satisfy it, each share with half a play added on both sides. */
function surprisalOf(bounds: readonly Bound[], { plays, kept }: ScorePlays): number {
  const digits = bounds.map((bound) => {
    const count = kept.get(bound) ?? plays.filter((values) => bound.test(values)).length;
    kept.set(bound, count);
    return -Math.log10((count + 0.5) / (plays.length + 1));
  });
  return round(digits.reduce((sum, one) => sum + one, 0));
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
