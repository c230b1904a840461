import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createState, type State } from './state.ts';

const alive = (state: State): number[][] =>
  state.alive.map((values, slot) => [...values.slice(0, state.size[slot])].sort((a, b) => a - b));

/** A state beside the sets that it stands for. */
interface Pair {
  readonly state: State;
  sets: Set<number>[];
  readonly marks: { readonly mark: number; readonly sets: Set<number>[] }[];
}

/** What is done to both: a value of a slot is removed or assigned, all of its parity are kept, a mark is set or gone back to. No domain is emptied. */
const STEPS: Readonly<Record<string, (pair: Pair, slot: number, value: number) => void>> = {
  mark({ state, sets, marks }) {
    marks.push({ mark: state.mark(), sets: sets.map((one) => new Set(one)) });
  },
  undo(pair) {
    const last = pair.marks.pop();
    if (!last) return;
    pair.state.undo(last.mark);
    pair.sets = last.sets;
  },
  remove({ state, sets }, slot, value) {
    const set = sets[slot] as Set<number>;
    if (set.size === 1 && set.has(value)) return;
    expect(state.remove(slot, value)).toBe(true);
    set.delete(value);
  },
  assign({ state, sets }, slot, value) {
    const isAlive = sets[slot]?.has(value);
    expect(state.assign(slot, value)).toBe(isAlive);
    if (isAlive) sets[slot] = new Set([value]);
  },
  filter({ state, sets }, slot, value) {
    const isKept = (one: number): boolean => one % 2 === value % 2;
    const kept = [...(sets[slot] as Set<number>)].filter(isKept);
    if (kept.length === 0) return;
    expect(state.filter(slot, isKept)).toBe(true);
    sets[slot] = new Set(kept);
  },
};

const moves = fc.array(fc.tuple(fc.constantFrom(...Object.keys(STEPS)), fc.nat(2), fc.nat(4)), { maxLength: 60 });

describe('createState', () => {
  it('begins with every candidate alive', () => {
    expect(alive(createState([3, 1, 0]))).toEqual([[0, 1, 2], [0], []]);
  });

  it('behaves as sets that are copied at each mark and put back at each undo', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const pair: Pair = {
          state: createState([5, 5, 5]),
          sets: [0, 1, 2].map(() => new Set([0, 1, 2, 3, 4])),
          marks: [],
        };
        const { state, marks } = pair;
        for (const [what, slot, value] of list) {
          STEPS[what]?.(pair, slot, value);

          expect(alive(state)).toEqual(pair.sets.map((one) => [...one].sort((a, b) => a - b)));
          for (let one = 0; one < 5; one++) expect(state.has(slot, one)).toBe(pair.sets[slot]?.has(one));
        }
        while (marks.length > 0) state.undo(marks.pop()?.mark ?? 0);
        state.undo(0);
        expect(alive(state)).toEqual([0, 1, 2].map(() => [0, 1, 2, 3, 4]));
      }),
    );
  });

  it('says when a domain is empty', () => {
    const state = createState([2]);

    expect(state.remove(0, 0)).toBe(true);
    expect(state.remove(0, 1)).toBe(false);
    state.undo(0);
    expect(state.filter(0, () => false)).toBe(false);
  });

  it('tells which slots shrank, and forgets it on undo', () => {
    const state = createState([3, 3]);
    state.remove(1, 0);
    state.remove(1, 0);
    state.assign(0, 2);
    state.assign(0, 2);

    expect(state.touched).toEqual([1, 0]);
    state.undo(0);
    expect(state.touched).toEqual([]);
  });
});
