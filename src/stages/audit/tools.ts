import type { Tool } from '../../domain/tool.ts';
import type { Cell, Row, Rows, Table } from '../../domain/world.ts';
import type { OpenWorld } from '../../ports/world-store.ts';
import type { Rng } from '../../util/rng.ts';

interface Place {
  readonly world: Pick<OpenWorld, 'query'>;
  readonly rows: Rows;
  readonly tables: readonly Table[];
  /** Calls at most; where the keys make more, as many are drawn. */
  readonly calls: number;
  readonly rng: Rng;
}

type Args = Readonly<Record<string, Cell>>;

/**
 * What a tool tells that is not in the world, in words: it is asked for its keys, and what it gives has to be, in all columns, a row of a
 * table that has these columns, and to belong to the keys. Null where nothing is wrong, or where no table has its columns.
 */
export function wrongTool(tool: Tool, place: Place): string | null {
  const asked = callsOf(tool, place);
  let hasTold = false;
  let reading: Reading | undefined;
  for (const args of asked) {
    const found = place.world.query(tool.sql, args);
    const told = tool.returns === 'rows' ? found : found.slice(0, 1);
    const [first] = told;
    if (!first) continue;
    hasTold = true;
    reading ??= readingOf(tool, Object.keys(first), place);
    const strange = told.find((row) => reading?.isStrange(row, args));
    if (strange)
      return `${tool.name} tells ${JSON.stringify(strange).slice(0, SHOWN)} when it is asked for ${JSON.stringify(args)}, which the world does not say`;
  }
  return hasTold || asked.length === 0 ? null : `${tool.name} tells nothing, whatever it is asked`;
}

/** Characters of a row that are shown. */
const SHOWN = 120;
/** For a number that no key limits: a bound that leaves all in. */
const MOST = 1_000_000_000;

/** Arguments by the keys of the world: every combination, or as many as are drawn. */
function callsOf({ name, parameters }: Tool, { rows, calls, rng }: Place): Args[] {
  const choices = Object.entries(parameters).map(([parameter, { key }]): [string, Cell[]] => [
    parameter,
    key === undefined ? [MOST] : valuesOf(key, rows),
  ]);
  const all = choices.reduce((product, [, values]) => product * values.length, 1);
  const draw = rng.fork(`tool/${name}`);
  const drawn = (): Args => Object.fromEntries(choices.map(([parameter, values]) => [parameter, draw.pick(values)]));
  if (all > calls) return Array.from({ length: calls }, drawn);
  return choices.reduce<Args[]>(
    (before, [parameter, values]) => before.flatMap((args) => values.map((value) => ({ ...args, [parameter]: value }))),
    [{}],
  );
}

function valuesOf(key: string, rows: Rows): Cell[] {
  const [table, column] = key.split('.') as [string, string];
  return [...new Set((rows[table] ?? []).map((row) => row[column] ?? null))];
}

/** The tables that a tool may read, and whether a row is none of theirs under the keys that were asked for. */
interface Reading {
  isStrange(told: Row, args: Args): boolean;
}

function readingOf(tool: Tool, names: readonly string[], { tables, rows }: Place): Reading {
  const readTables = new Set(tool.sql.match(/(?<=\b(?:from|join)\s+"?)\w+/gi));
  const homes = tables
    .filter((table) => readTables.has(table.name))
    .filter(({ columns }) => names.every((name) => columns.some((column) => column.name === name)))
    .map((table) => ({ holders: holdersOf(table, tool), index: indexOf(rows[table.name] ?? [], names) }));
  const keys = Object.values(tool.parameters).filter(({ key }) => key !== undefined).length;
  // A table that has a column for each key is the one that is looked up; where others are joined, they may lead to it from the key.
  const lookedUp = readTables.size > 1 ? [] : homes.filter(({ holders }) => holders.length === keys);
  const judged = lookedUp.length > 0 ? lookedUp : homes.map(({ index }) => ({ index, holders: [] }));
  return {
    isStrange: (told, args) =>
      judged.length > 0 &&
      !judged.some(({ index, holders }) =>
        index(told).some((row) =>
          holders.every(({ parameter, columns }) => columns.some((column) => row[column] === args[parameter])),
        ),
      ),
  };
}

/** The rows that are alike in the named columns, by one of them. */
function indexOf(rows: readonly Row[], names: readonly string[]): (like: Row) => readonly Row[] {
  const idOf = (row: Row): string => JSON.stringify(names.map((name) => row[name]));
  const index = Map.groupBy(rows, idOf);
  return (like) => index.get(idOf(like)) ?? [];
}

/** For each parameter with a key the columns of a table that may hold it; none for a key that it has no column for. */
function holdersOf({ name, columns }: Table, { parameters }: Tool): { parameter: string; columns: string[] }[] {
  return Object.entries(parameters).flatMap(([parameter, { key }]) => {
    if (key === undefined) return [];
    const alike = columns.filter((column) => column.name === parameter);
    const holding = columns.filter((column) => column.target === key || `${name}.${column.name}` === key);
    const chosen = (alike.length > 0 ? alike : holding).map((column) => column.name);
    return chosen.length > 0 ? [{ parameter, columns: chosen }] : [];
  });
}
