import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SUBMIT, type Tool, type ToolParameter } from '../../domain/tool.ts';
import type { Toolbox, ToolOutcome } from '../../ports/world-store.ts';
import { nearNames } from './near-names.ts';
import { quoted } from './schema-sql.ts';

type Arguments = Readonly<Record<string, unknown>>;

interface PreparedTool {
  readonly tool: Tool;
  readonly statement: StatementSync;
  readonly keys: readonly KeyArgument[];
}

/** An argument that has to be in a column of the world. */
interface KeyArgument {
  readonly name: string;
  readonly has: StatementSync;
  /** Lists what there is. */
  readonly listed: StatementSync;
  /** Values that were found; null in a world that tools write to. */
  readonly found: Set<unknown> | null;
}

/** The tools of a world, ready to be called. Throws RangeError where a tool's SQL does not fit the world. */
export function createToolbox(database: DatabaseSync, tools: readonly Tool[]): Toolbox {
  const isFixed = tools.every(({ effect }) => effect === 'read');
  const prepared = new Map(
    tools.filter(({ name }) => name !== SUBMIT).map((tool) => [tool.name, prepare(database, tool, isFixed)]),
  );
  const names = [...prepared.keys(), SUBMIT];
  return {
    names,
    call(name, args) {
      if (name === SUBMIT) return submit(args);
      const found = prepared.get(name);
      if (!found) return refuse(`there is no tool "${clip(name)}"; the tools are: ${names.join(', ')}`);
      const wrong = findWrongArgument(found.tool, args) ?? findUnknownKey(found, args as Arguments);
      return wrong ? refuse(`${name}: ${wrong}`) : run(found, args as Record<string, SQLInputValue>);
    },
  };
}

function prepare(database: DatabaseSync, tool: Tool, isFixed: boolean): PreparedTool {
  try {
    return { tool, statement: database.prepare(tool.sql), keys: keysOf(database, tool, isFixed) };
  } catch (cause) {
    throw new RangeError(`tool ${tool.name}: ${(cause as Error).message}`, { cause });
  }
}

function keysOf(database: DatabaseSync, { parameters }: Tool, isFixed: boolean): KeyArgument[] {
  return Object.entries(parameters).flatMap(([name, { key }]) => {
    const [table, column] = key?.split('.') ?? [];
    if (!table || !column) return [];
    const from = `FROM ${quoted(table)}`;
    const has = database.prepare(`SELECT 1 ${from} WHERE ${quoted(column)} = ? LIMIT 1`);
    const listed = database.prepare(`SELECT DISTINCT ${quoted(column)} AS value ${from} ORDER BY value`);
    return [{ name, has, listed, found: isFixed ? new Set() : null }];
  });
}

function submit(args: unknown): ToolOutcome {
  if (typeof args !== 'object' || args === null || !Object.hasOwn(args, 'answer')) {
    return refuse(`${SUBMIT}: argument "answer" is missing`);
  }
  return { kind: 'submitted', answer: (args as { answer: unknown }).answer };
}

function run({ tool, statement }: PreparedTool, args: Record<string, SQLInputValue>): ToolOutcome {
  try {
    return { kind: 'result', value: shape(tool, statement, args) };
  } catch (error) {
    return refuse(`${tool.name}: the look-up failed: ${(error as Error).message}`);
  }
}

function shape({ returns, effect }: Tool, statement: StatementSync, args: Record<string, SQLInputValue>): unknown {
  if (returns === 'rows' || effect === 'write') return statement.all(args).map((row) => ({ ...row }));
  const row = statement.get(args);
  if (row === undefined) return null;
  return returns === 'row' ? { ...row } : (Object.values(row)[0] ?? null);
}

function findWrongArgument({ parameters }: Tool, args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return 'the arguments must be one object';
  const names = Object.keys(parameters);
  const extra = Object.keys(args).find((name) => !names.includes(name));
  if (extra !== undefined) return `there is no argument "${clip(extra)}"; ${listArguments(names)}`;
  const missing = names.find((name) => !Object.hasOwn(args, name));
  if (missing !== undefined) return `argument "${missing}" is missing; ${listArguments(names)}`;
  const wrong = names.find((name) => !isFit(parameters[name] as ToolParameter, (args as Arguments)[name]));
  return wrong && `argument "${wrong}" must be ${parameters[wrong]?.type === 'integer' ? 'an integer' : 'a string'}`;
}

function isFit({ type }: ToolParameter, value: unknown): boolean {
  return type === 'integer' ? Number.isSafeInteger(value) : typeof value === 'string' && value.isWellFormed();
}

function listArguments(names: readonly string[]): string {
  return names.length === 0 ? 'it takes none' : `it takes: ${names.join(', ')}`;
}

function findUnknownKey({ keys }: PreparedTool, args: Arguments): string | undefined {
  for (const { name, has, listed, found } of keys) {
    const value = args[name] as string | number;
    if (found?.has(value)) continue;
    if (has.get(value)) {
      found?.add(value);
      continue;
    }
    const near = nearNames(
      String(value),
      listed.all().map((row) => String(row.value)),
    );
    const hint = near.length > 0 ? `; did you mean ${near.map((each) => `"${each}"`).join(', ')}?` : '';
    return `there is no ${name.replaceAll('_', ' ')} "${clip(String(value))}"${hint}`;
  }
  return undefined;
}

function refuse(message: string): ToolOutcome {
  return { kind: 'error', message };
}

/** What a caller wrote, short enough to be said back to it. */
function clip(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text;
}
