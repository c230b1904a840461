import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createState, type State } from './state.ts';

const alive = (state: State): number[][] =>
  state.alive.map((values, slot) => [...values.slice(0, state.size[slot])].sort((a, b) => a - b));

/** What is done to one slot: a value is removed, assigned, or all of one parity are kept. */
const moves = fc.array(
  fc.record({ what: fc.constantFrom('remove', 'assign', 'filter', 'mark', 'undo'), slot: fc.nat(2), value: fc.nat(4) }),
  { maxLength: 60 },
);

describe('createState', () => {
  it('begins with every candidate alive', () => {
    expect(alive(createState([3, 1, 0]))).toEqual([[0, 1, 2], [0], []]);
  });

  it('behaves as sets that are copied at each mark and put back at each undo', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const state = createState([5, 5, 5]);
        let sets = [0, 1, 2].map(() => new Set([0, 1, 2, 3, 4]));
        const marks: { mark: number; sets: Set<number>[] }[] = [];
        for (const { what, slot, value } of list) {
          const set = sets[slot] as Set<number>;
          if (what === 'mark') marks.push({ mark: state.mark(), sets: sets.map((one) => new Set(one)) });
          else if (what === 'undo') {
            const last = marks.pop();
            if (last) [, sets] = [state.undo(last.mark), last.sets];
          } else if (what === 'remove' && (set.size > 1 || !set.has(value))) {
            expect(state.remove(slot, value)).toBe(true);
            set.delete(value);
          } else if (what === 'assign') {
            expect(state.assign(slot, value)).toBe(set.has(value));
            if (set.has(value)) sets[slot] = new Set([value]);
          } else if (what === 'filter' && [...set].some((one) => one % 2 === value % 2)) {
            expect(state.filter(slot, (one) => one % 2 === value % 2)).toBe(true);
            sets[slot] = new Set([...set].filter((one) => one % 2 === value % 2));
          }

          expect(alive(state)).toEqual(sets.map((one) => [...one].sort((a, b) => a - b)));
          for (let one = 0; one < 5; one++) expect(state.has(slot, one)).toBe(sets[slot]?.has(one));
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
