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
  const tables = new Map<string, Map<string, Record<string, Cell>>>();
  for (const step of steps) {
    const table = tables.get(step.into) ?? new Map<string, Record<string, Cell>>();
    tables.set(step.into, table);
    const names = Object.keys(step.args);
    for (const args of combinations(names.map((name) => known(tables, step.args[name] as string)))) {
      const call = Object.fromEntries(names.map((name, i) => [name, args[i]]));
      const result = tools[step.tool]?.(call);
      for (const found of Array.isArray(result) ? result : [result]) {
        if (found === null || found === undefined) continue;
        const row: Record<string, Cell> = { ...(found as Record<string, Cell>) };
        for (const [column, parameter] of Object.entries(step.merge ?? {})) row[column] = call[parameter] as Cell;
        const id = (keysOf[step.into] ?? []).map((column) => row[column]).join('\u0000');
        table.set(id, { ...table.get(id), ...row });
      }
    }
  }
  return Object.fromEntries([...tables].map(([name, rows]) => [name, [...rows.values()]]));
}

/** The different values of `table.column` seen so far. */
function known(
  tables: ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, Cell>>>>,
  source: string,
): Cell[] {
  const [table, column] = source.split('.') as [string, string];
  return [...new Set([...(tables.get(table)?.values() ?? [])].map((row) => row[column] ?? null))];
}

function combinations(lists: readonly (readonly Cell[])[]): Cell[][] {
  return lists.reduce<Cell[][]>(
    (heads, values) => heads.flatMap((head) => values.map((value) => [...head, value])),
    [[]],
  );
}
