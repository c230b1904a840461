import type { AnswerShape } from '../../domain/answer.ts';
import type { Constraint } from '../../domain/constraint.ts';
import { toAnswer } from './answer.ts';
import { bind } from './bind.ts';
import { type GatherStep, gather, type Tools } from './gather.ts';
import { createModel } from './model.ts';
import { search } from './solver.ts';

/** What a solution knows before its first call: the form of the answer, the rules of the prompt, and which tools tell what. */
export interface Brief {
  readonly shape: AnswerShape;
  readonly rules: readonly Constraint[];
  readonly gather: readonly GatherStep[];
  /** Key columns by table. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Names that the prompt only describes, by placeholder: the only row of `table` with the values of `where` has it in `column`. */
  readonly references: Readonly<
    Record<string, { table: string; where: Readonly<Record<string, string | number>>; column: string }>
  >;
  readonly seed: number;
  readonly nodeLimit: number;
  readonly reversed: boolean;
}

/** The reference solution's program: gathers through tools, searches, submits. */
export function solveWith(tools: Tools, brief: Brief): void {
  const tables = gather(tools, brief.gather, brief.keys);
  const names = Object.entries(brief.references).map(([placeholder, { table, where, column }]) => {
    const row = tables[table]?.find((one) => Object.entries(where).every(([name, value]) => one[name] === value));
    return [placeholder, String(row?.[column])] as const;
  });
  const rules = resolve(brief.rules, new Map(names)) as readonly Constraint[];
  const model = createModel(brief.shape, tables);
  const { solutions } = search(
    model,
    rules.map((rule) => bind(model, rule)),
    { seed: brief.seed, nodeLimit: brief.nodeLimit, solutions: 1, reversed: brief.reversed },
  );
  const found = solutions[0];
  if (!found) throw new Error('no answer found within the node limit');
  tools.submit_result?.(toAnswer(model, found));
}

/** The value with each placeholder replaced by the name that stands behind it. */
function resolve(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => resolve(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, names)]));
}
