import type { Answer, AnswerShape } from '../../domain/answer.ts';
import type { Model } from '../../engine/search/model.ts';
import type { Rng } from '../../util/rng.ts';

export interface Mutant {
  readonly operator: string;
  readonly values: Int32Array;
}

type Operator = (model: Model, values: Int32Array, slot: number, rng: Rng) => number | null;

const count = (model: Model, slot: number): number => model.slots[slot]?.labels.length ?? 0;

/** Single-field mutations that stay well-formed: each gives another candidate for the slot, or null where it does not apply. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  'swap-entity': (model, _values, slot, rng) =>
    model.slots[slot]?.table === null ? null : rng.int(0, count(model, slot) - 1),
  'random-number': (model, _values, slot, rng) =>
    model.slots[slot]?.table === null ? rng.int(0, count(model, slot) - 1) : null,
  'one-more': (model, values, slot) =>
    model.slots[slot]?.table === null && (values[slot] as number) + 1 < count(model, slot)
      ? (values[slot] as number) + 1
      : null,
  'one-less': (model, values, slot) =>
    model.slots[slot]?.table === null && (values[slot] as number) > 0 ? (values[slot] as number) - 1 : null,
  duplicate(model, values, slot, rng) {
    const alike = model.slots.filter((other) => other.index !== slot && other.labels === model.slots[slot]?.labels);
    return alike.length > 0 ? (values[rng.pick(alike).index] as number) : null;
  },
};

/** Operators that are applied to each slot, drawn anew for each. */
const DRAWN = 2;
/** Mutants of one task; where there are more, as many are drawn. */
const MOST = 64;

/** Some operators on each slot, and slots of the same kind exchanged. Mutations that change nothing are left out. */
export function mutantsOf(model: Model, solution: Int32Array, rng: Rng): Mutant[] {
  const mutants: Mutant[] = [];
  for (const { index: slot } of model.slots) {
    const drawn = rng
      .shuffle(Object.entries(OPERATORS))
      .map(([operator, mutate]) => ({ operator, value: mutate(model, solution, slot, rng) }));
    for (const { operator, value } of drawn
      .filter((one) => one.value !== null && one.value !== solution[slot])
      .slice(0, DRAWN)) {
      const values = Int32Array.from(solution);
      values[slot] = value as number;
      mutants.push({ operator, values });
    }
    const exchanged = exchange(model, solution, slot, rng);
    if (exchanged) mutants.push({ operator: 'permute', values: exchanged });
  }
  return rng.sample(mutants, MOST);
}

function exchange(model: Model, solution: Int32Array, slot: number, rng: Rng): Int32Array | null {
  const alike = model.slots.filter(
    (other) =>
      other.index > slot && other.labels === model.slots[slot]?.labels && solution[other.index] !== solution[slot],
  );
  if (alike.length === 0) return null;
  const other = rng.pick(alike).index;
  const values = Int32Array.from(solution);
  [values[slot], values[other]] = [solution[other] as number, solution[slot] as number];
  return values;
}

/** Mutations of the answer's form: none of them is well-formed. */
export function structuralMutants(answer: Answer): { operator: string; text: string }[] {
  const lists = Array.isArray(answer) ? [answer] : Object.values(answer);
  const mutants: { operator: string; text: string }[] = [];
  for (const list of lists) {
    const [first, ...rest] = list as Record<string, unknown>[];
    if (!first) continue;
    const fields = Object.keys(first);
    const [key, field] = [fields[0] as string, fields[1] as string];
    const { [field]: value, ...without } = first;
    const variants: Record<string, unknown[]> = {
      'a row dropped': rest,
      'a row twice': [first, first, ...rest],
      'a row in place of another': rest.length > 0 ? [first, ...rest.slice(0, -1), first] : [first, first],
      'a field dropped': [without, ...rest],
      'a field too many': [{ ...first, note: 'x' }, ...rest],
      'a value of another type': [{ ...first, [field]: typeof value === 'number' ? String(value) : 7 }, ...rest],
      'null for a value': [{ ...first, [field]: null }, ...rest],
      'a fraction for a value': [{ ...first, [field]: 0.5 }, ...rest],
      'a number far out of range': [{ ...first, [field]: 1_000_000_007 }, ...rest],
      'another key': [{ ...first, [key]: 'another key' }, ...rest],
      'a list in place of a value': [{ ...first, [field]: [value] }, ...rest],
    };
    for (const [operator, rows] of Object.entries(variants))
      mutants.push({ operator, text: replaceList(answer, list, rows) });
  }
  return mutants;
}

/** A malformed answer, and the one integrity check that has to name it. */
export interface Stranger {
  readonly operator: string;
  readonly text: string;
  readonly check: string;
}

/** For each list a row in the place of another, and for each field of names three that are none: only an integrity check may name them. */
export function strangersOf(answer: Answer, shape: AnswerShape): Stranger[] {
  return shape.parts.flatMap(({ name: part, key, fields }) => {
    const list = (Array.isArray(answer) ? answer : (answer as Readonly<Record<string, unknown>>)[part]) as Row[];
    const [first, ...rest] = list as [Row, ...Row[]];
    const stranger = (operator: string, check: string, rows: readonly Row[]): Stranger => ({
      operator,
      check: check.replaceAll('_', '-'),
      text: replaceList(answer, list, rows),
    });
    const twice = stranger('a row in place of another', `once-${part}`, [
      ...list.slice(0, -1),
      { ...list.at(-1), [key.field]: first[key.field] },
    ]);
    const names = fields.filter(({ domain }) => 'table' in domain);
    const others = names.flatMap(({ name }) =>
      Object.entries(strangeNames(String(first[name]))).map(([operator, value]) =>
        stranger(operator, `known-${part}-${name}`, [{ ...first, [name]: value }, ...rest]),
      ),
    );
    return [...(rest.length > 0 ? [twice] : []), ...others];
  });
}

type Row = Readonly<Record<string, unknown>>;

/** Spellings of a name that are not that name. */
function strangeNames(name: string): Record<string, string> {
  const other = otherCase(name);
  return {
    'a name that does not exist': `${name} (closed)`,
    'a name with a blank behind it': `${name} `,
    ...(other === name ? {} : { 'a name in other letters': other }),
  };
}

const otherCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

function replaceList(answer: Answer, list: unknown, rows: readonly unknown[]): string {
  if (Array.isArray(answer)) return JSON.stringify(rows);
  return JSON.stringify(
    Object.fromEntries(Object.entries(answer).map(([name, one]) => [name, one === list ? rows : one])),
  );
}
