import type { Row, Rows, World } from '../../domain/world.ts';
import { bind } from '../../engine/search/bind.ts';
import { createModel, type Model } from '../../engine/search/model.ts';
import { textsOf } from '../../util/texts.ts';
import type { Subject } from './subject.ts';

/** Rows that are tried; each costs a model of the world. */
const TRIES = 3;

/**
 * The rows of the world with the numbers of one row replaced by those of another of its table, so that `solution` is none any more while
 * `kept` still is one: who recites by attributes finds another row or none. Null where no row does that.
 */
export function spoiltRows(subject: Subject, solution: Int32Array, kept: Int32Array): Rows | null {
  const { model, rules, rng, environment, rows } = subject;
  const used = namesOf(model, [solution, kept]);
  // What a rule names may be described in the prompt by these very numbers.
  const described = textsOf(rules.map((rule) => rule.constraint));
  const others = namesOf(model, [kept]);
  const only = [...namesOf(model, [solution])].filter((id) => !others.has(id) && !described.has(nameIn(id)));
  for (const id of rng.fork('spoil').sample(only, TRIES)) {
    const [table, name] = JSON.parse(id) as [string, string];
    const world = { tables: environment.tables, rows };
    const spoilt = replaced(
      world,
      { table, name, isFree: (other) => !used.has(JSON.stringify([table, other])) && !described.has(other) },
      subject,
    );
    if (!spoilt) continue;
    const other = createModel(model.shape, spoilt);
    const keeps = (values: Int32Array): boolean =>
      rules.every(({ constraint }) => bind(other, constraint).test(values));
    if (!keeps(solution) && keeps(kept)) return spoilt;
  }
  return null;
}

const nameIn = (id: string): string => (JSON.parse(id) as [string, string])[1];

/** The rows that answers name, each as JSON of table and name. */
function namesOf({ slots }: Model, answers: readonly Int32Array[]): Set<string> {
  return new Set(
    answers.flatMap((values) =>
      slots.flatMap(({ index, table, labels }) =>
        table === null ? [] : [JSON.stringify([table, labels[values[index] as number]])],
      ),
    ),
  );
}

interface Victim {
  readonly table: string;
  readonly name: string;
  isFree(name: string): boolean;
}

function replaced({ tables, rows }: World, { table, name, isFree }: Victim, { rng }: Subject): Rows | null {
  const columns = tables.find((one) => one.name === table)?.columns ?? [];
  const naming = columns.find((column) => column.role === 'name')?.name;
  const numbers = columns
    .filter((column) => column.role === 'value' && column.type === 'integer')
    .map((one) => one.name);
  const list = rows[table] ?? [];
  const victim = naming && list.find((row) => row[naming] === name);
  const others = naming ? list.filter((row) => isFree(String(row[naming]))) : [];
  if (!victim || numbers.length === 0 || others.length === 0) return null;
  const other = rng.fork(`spoil/${name}`).pick(others);
  const numbersOf = (row: Row): Row => Object.fromEntries(numbers.map((column) => [column, row[column] ?? null]));
  // Its own numbers go nowhere: else who looks for them would find a row as good.
  const changed = list.map((row) => (row === victim ? { ...row, ...numbersOf(other) } : row));
  return { ...rows, [table]: changed };
}
