import type { Model } from '../../engine/search/model.ts';
import type { Slot } from '../../engine/search/slots.ts';
import type { Rng } from '../../util/rng.ts';

export interface Mutant {
  readonly operator: string;
  readonly values: Int32Array;
}

/** A slot of a solution that is to be changed. */
interface Place {
  readonly model: Model;
  readonly solution: Int32Array;
  readonly slot: Slot;
}

type Operator = (place: Place, rng: Rng) => number | null;

const drawn = ({ labels }: Slot, rng: Rng): number => rng.int(0, labels.length - 1);

/** Single-field mutations that stay well-formed: each gives another candidate for the slot, or null where it does not apply. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  'swap-entity': ({ slot }, rng) => (slot.table === null ? null : drawn(slot, rng)),
  'random-number': ({ slot }, rng) => (slot.table === null ? drawn(slot, rng) : null),
  'one-more': (place) => moved(place, 1),
  'one-less': (place) => moved(place, -1),
  duplicate({ model, solution, slot }, rng) {
    const alike = model.slots.filter((other) => other.index !== slot.index && other.labels === slot.labels);
    return alike.length > 0 ? (solution[rng.pick(alike).index] as number) : null;
  },
};

function moved({ solution, slot }: Place, by: number): number | null {
  const value = (solution[slot.index] as number) + by;
  return slot.table === null && value >= 0 && value < slot.labels.length ? value : null;
}

/** Operators that are applied to each slot, drawn anew for each. */
const DRAWN = 2;
/** Mutants of one task; where there are more, as many are drawn. */
const MOST = 64;

/** Some operators on each slot, and slots of the same kind exchanged. Mutations that change nothing are left out. */
export function mutantsOf(model: Model, solution: Int32Array, rng: Rng): Mutant[] {
  const mutants = model.slots.flatMap((slot) => {
    const place = { model, solution, slot };
    return [...changed(place, rng), ...exchanged(place, rng)];
  });
  return rng.sample(mutants, MOST);
}

function changed(place: Place, rng: Rng): Mutant[] {
  const { solution, slot } = place;
  return rng
    .shuffle(Object.entries(OPERATORS))
    .map(([operator, mutate]) => ({ operator, value: mutate(place, rng) }))
    .flatMap(({ operator, value }): Mutant[] =>
      value === null || value === solution[slot.index]
        ? []
        : [{ operator, values: solution.map((before, index) => (index === slot.index ? value : before)) }],
    )
    .slice(0, DRAWN);
}

/** The slot's value exchanged for another one of a later slot of the same kind. */
function exchanged({ model, solution, slot }: Place, rng: Rng): Mutant[] {
  const alike = model.slots.filter(
    ({ index, labels }) => index > slot.index && labels === slot.labels && solution[index] !== solution[slot.index],
  );
  if (alike.length === 0) return [];
  const other = rng.pick(alike).index;
  const values = Int32Array.from(solution);
  [values[slot.index], values[other]] = [solution[other] as number, solution[slot.index] as number];
  return [{ operator: 'permute', values }];
}
