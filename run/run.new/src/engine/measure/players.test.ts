import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArena } from '../../../test/arena/arena.ts';
import { ALL_KINDS, randomNode } from '../../../test/arena/nodes.ts';
import type { Constraint } from '../../domain/constraint.ts';
import { createRng } from '../../util/rng.ts';
import { bind } from '../search/bind.ts';
import { createModel } from '../search/model.ts';
import { createBoard, isSolved } from './board.ts';
import { FULL_EFFORT, measureDifficulty } from './difficulty.ts';
import { playLocalSearch } from './local-search.ts';
import { playGreedy, playInformed, playRandom } from './players.ts';

const item = { part: 'days', field: 'item', attr: {} };
const start = { part: 'days', field: 'start', attr: {} };
const never: Constraint = { kind: 'each', part: 'days', field: 'start', condition: { attr: {}, op: '<', values: [0] } };
const different: Constraint = { kind: 'all-different', terms: [item] };
const apart: Constraint = { kind: 'spacing', terms: [start], gap: 2 };
const exact = (bound: number): Constraint => ({ kind: 'aggregate', fn: 'sum', terms: [start], op: '=', bound });

function play(nodes: readonly Constraint[], seed = 'players') {
  const rng = createRng(seed);
  const arena = createArena(rng.fork('arena'));
  const model = createModel(arena.shape, arena.rows);
  const bounds = nodes.map((node) => bind(model, node));
  return { model, bounds, board: createBoard(model, bounds), rng };
}

describe('random play', () => {
  it('passes always where there are no rules, and never where nothing passes', () => {
    expect(playRandom(play([]).board, 50, createRng('x'))).toBe(50);
    expect(playRandom(play([never]).board, 50, createRng('x'))).toBe(0);
  });

  it('passes about as often as answers do', () => {
    // Three starts of five values each: 12 of 125 are 2 apart… of {0,1,2,3,4} only 0, 2 and 4 in some order.
    const share = playRandom(play([apart]).board, 20_000, createRng('x')) / 20_000;

    expect(share).toBeGreaterThan(6 / 125 - 0.006);
    expect(share).toBeLessThan(6 / 125 + 0.006);
  });
});

describe('informed and greedy play', () => {
  it('give well-formed answers, whatever the rules', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(`plays/${seed}`);
        const { board, model } = play(
          Array.from({ length: 4 }, () => randomNode(rng.pick(ALL_KINDS), rng)),
          String(seed),
        );
        for (const values of [playInformed(board, rng), playGreedy(board, rng)]) {
          for (const { index, labels } of model.slots) expect(labels[values[index] as number]).toBeDefined();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keep rules about one and two slots', () => {
    const { board, rng } = play([different]);

    for (let i = 0; i < 20; i++) expect(isSolved(board, playInformed(board, rng))).toBe(true);
  });

  it('differ in rules about many slots: only greedy play looks at them', () => {
    const { board, rng } = play([exact(12)]);
    const passed = (player: typeof playGreedy) =>
      Array.from({ length: 60 }, () => isSolved(board, player(board, rng))).filter(Boolean).length;

    expect(passed(playInformed)).toBeLessThan(10);
    expect(play([exact(0)]).board.pieces[0]?.scope.length).toBe(3);
    expect(passed(playGreedy)).toBeLessThan(60);
  });
});

describe('local search', () => {
  it('says how many verdicts it took, within its budget, or that there were too few', () => {
    const { board, rng } = play([different, apart, exact(6)]);
    const used = playLocalSearch(board, 2000, rng);

    expect(used).toBeGreaterThanOrEqual(1);
    expect(used).toBeLessThanOrEqual(2000);
    expect(playLocalSearch(play([never]).board, 50, createRng('x'))).toBeNull();
  });

  it('takes one verdict where nothing is broken', () => {
    expect(playLocalSearch(play([]).board, 10, createRng('x'))).toBe(1);
  });
});

describe('measureDifficulty', () => {
  const effort = { ...FULL_EFFORT, random: 500, informed: 50, solverNodes: 5000 };
  const measure = (nodes: readonly Constraint[], frame = 0) => {
    const { model, bounds } = play(nodes);
    return measureDifficulty({ model, frame: bounds.slice(0, frame), bounds }, effort, createRng('measure'));
  };

  it('measures an empty task as one that anybody solves', () => {
    expect(measure([])).toMatchObject({
      surprisal: 0,
      random: { passed: 500, tried: 500 },
      informed: { passed: 50, tried: 50 },
      greedy: { passed: 20, tried: 20 },
      localSearchVerdicts: [1, 1, 1, 1, 1],
      solverBacktracks: 0,
    });
  });

  it('counts the answers that there are in decimal digits', () => {
    // 4 items × 5 starts on 3 days, and 4 items on 2 legs.
    expect(measure([]).spaceLog10).toBeCloseTo(Math.log10(4 ** 3 * 5 ** 3 * 4 ** 2), 3);
  });

  it('says of a task without solution that there are exactly none', () => {
    expect(measure([never])).toMatchObject({
      random: { passed: 0 },
      greedy: { passed: 0 },
      localSearch: { passed: 0, tried: 5 },
      solutions: { count: 0, exact: true },
    });
  });

  it('rises with each further rule', () => {
    const steps = [
      [different],
      [different, apart],
      [different, apart, exact(6)],
      [different, apart, exact(6), exact(7)],
    ];
    const measured = steps.map((nodes) => measure(nodes, 1).surprisal);

    expect(measured).toEqual([...measured].sort((a, b) => a - b));
    expect(new Set(measured).size).toBeGreaterThan(1);
  });

  it('says the same of the same task', () => {
    expect(measure([different, apart])).toEqual(measure([different, apart]));
  });
});
