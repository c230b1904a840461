import type { Cell, Row } from '../../domain/world.ts';

/** A step of gathering a table through tools: call `tool` for every combination of the known values that `args` names (`table.column`). Rows are merged by the table's key; `merge` adds the arguments to the row. */
export interface GatherStep {
  readonly tool: string;
  readonly into: string;
  readonly args: Readonly<Record<string, string>>;
  /** Columns of `into` that take an argument's value, by column: parameter name. */
  readonly merge?: Readonly<Record<string, string>>;
}

/** A tool as a solution sees it: arguments in one object, the result as parsed JSON. */
export type Tools = Readonly<Record<string, (args: unknown) => unknown>>;

/** Collects tables row by row through tools. A later step adds columns to rows that an earlier one found. */
export function gather(
  tools: Tools,
  steps: readonly GatherStep[],
  keysOf: Readonly<Record<string, readonly string[]>>,
): Record<string, Row[]> {
  const tables: Tables = new Map();
  for (const step of steps) {
    const table = tables.get(step.into) ?? new Map<unknown, Row>();
    tables.set(step.into, table);
    const enter = createEntry(table, step, keysOf[step.into] ?? []);
    for (const call of callsOf(step, tables)) for (const row of rowsOf(tools[step.tool]?.(call))) enter(row, call);
  }
  return Object.fromEntries([...tables].map(([name, rows]) => [name, [...rows.values()]]));
}

/** Tables by name, their rows by key. */
type Tables = Map<string, Map<unknown, Row>>;

/** What a call returned, a row or a list of them or nothing, as a list. */
function rowsOf(result: unknown): readonly Row[] {
  if (Array.isArray(result)) return result;
  return result === null || result === undefined ? [] : [result as Row];
}

/** Enters a row that a call returned, with the arguments that the step merges into it. */
function createEntry(
  table: Map<unknown, Row>,
  { merge = {} }: GatherStep,
  key: readonly string[],
): (row: Row, call: Row) => void {
  const merged = Object.entries(merge);
  const [only] = key;
  return (row, call) => {
    const told: Record<string, Cell> = { ...row };
    for (const [column, parameter] of merged) told[column] = call[parameter] as Cell;
    const id = key.length === 1 ? told[only as string] : key.map((column) => told[column]).join('\u0000');
    const known = table.get(id);
    if (known) Object.assign(known, told);
    else table.set(id, told);
  };
}

/** The arguments of a step's calls: every combination of what is known of each. */
function callsOf({ args }: GatherStep, tables: Tables): Row[] {
  const names = Object.keys(args);
  const values = names.map((name) => known(tables, args[name] as string));
  return combinations(values).map((combination) =>
    Object.fromEntries(names.map((name, i) => [name, combination[i] as Cell])),
  );
}

/** The different values of `table.column` seen so far. */
function known(tables: Tables, source: string): Cell[] {
  const [table, column] = source.split('.') as [string, string];
  return [...new Set([...(tables.get(table)?.values() ?? [])].map((row) => row[column] ?? null))];
}

function combinations(lists: readonly (readonly Cell[])[]): Cell[][] {
  return lists.reduce<Cell[][]>(
    (heads, values) => heads.flatMap((head) => values.map((value) => [...head, value])),
    [[]],
  );
}
