import type { AnswerShape } from '../../../domain/answer.ts';
import type { Constraint } from '../../../domain/constraint.ts';
import type { Row, Rows, Table } from '../../../domain/world.ts';
import { textsOf } from '../../../util/texts.ts';
import { withoutNames } from './names.ts';
import { written } from './written.ts';

/** What a number of a clause may come from, besides its constraint. */
export interface Facts {
  readonly shape: AnswerShape;
  readonly tables: readonly Table[];
  readonly rows: Rows;
}

/** By itself, and not as a part of a code, a date or a longer number; with its sign. */
const NUMBER = /(?<![\w.:,-])-?\d+(?:[.:]\d+)?(?!\w|[.:,]\d|-\w)/g;
/** "Slot 21 (10:45)": the same again for the reader. */
const GLOSS = /(?<=\d )\(\d\d:\d\d\)/g;

/**
 * A number that the clause says and nothing explains; or null. Explained are the numbers of the constraint, the ends of
 * what the answer and the columns that it reads can hold, and what stands in the rows that it names ("exams of year 2").
 */
export function unexplained(clause: string, node: Constraint, facts: Facts): string | null {
  const texts = textsOf(node);
  const numbered = [...texts].filter((text) => /\d/.test(text));
  const said = new Set(withoutNames(clause, numbered).replace(GLOSS, '').match(NUMBER));
  const left = (sources: Iterable<number>): boolean => {
    for (const value of sources) for (const spelling of spellings(value)) said.delete(spelling);
    return said.size > 0;
  };
  if (!left(integersOf(node)) || !left(ends(texts, facts)) || !left(cells(texts, facts))) return null;
  const [first] = said;
  return first ?? null;
}

/** In every way; a sign may go into the words ("30 less"). */
const spellings = (value: number): string[] => [Math.abs(value), value].flatMap((one) => Object.values(written(one)));

function integersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(integersOf) : [];
}

/** The ends of the answer's integers (a range may be said with its last one left out), and of the columns that the constraint reads. */
function ends(texts: ReadonlySet<string>, { shape, tables, rows }: Facts): number[] {
  const fields = shape.parts.flatMap(({ fields: all }) =>
    all.flatMap(({ domain }) => ('min' in domain ? [domain.min, domain.max, domain.max + 1] : [])),
  );
  const columns = tables.flatMap((table) =>
    table.columns.filter(({ name }) => texts.has(name)).flatMap(({ name }) => endsOf(rows[table.name] ?? [], name)),
  );
  // "The largest count among the categories, 0 included".
  return [...fields, ...columns, ...(texts.has('balance' satisfies Constraint['kind']) ? [0] : [])];
}

function endsOf(rows: readonly Row[], column: string): number[] {
  const numbers = rows.map((row) => row[column]).filter((cell) => typeof cell === 'number');
  return numbers.length === 0
    ? []
    : [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
}

/** The numbers in the rows that the texts of a constraint are the names of. */
function* cells(texts: ReadonlySet<string>, { tables, rows }: Facts): Generator<number> {
  for (const { name, key } of tables) {
    const [only, ...more] = key;
    if (only === undefined || more.length > 0) continue;
    for (const row of rows[name] ?? []) {
      const own = row[only];
      if (typeof own === 'string' && texts.has(own)) yield* integersOf(row);
    }
  }
}
