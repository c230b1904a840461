import type { TracedCall } from '../../../ports/solver-isolate.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { textsOf } from '../texts.ts';

/** Every name that the witness says was shown by a tool before; how many calls show them at the least is recorded. */
export const toolOnly: Gate = {
  name: 'tool-only',
  version: '1',
  ask({ run, task }, evidence) {
    if (run.kind !== 'submitted') return fails('the reference solution submits nothing');
    const known = new Set(task.literals);
    const wanted = new Set(
      [...textsOf(JSON.parse(run.answer))].filter((text) => !known.has(text) && !isKey(task, text)),
    );
    const shown = new Set(run.trace.flatMap((call) => [...textsOf(call.result)]));
    const recited = [...wanted].find((text) => !shown.has(text));
    if (recited !== undefined) return fails(`the reference solution submits "${recited}", which no tool showed`);
    const failed = run.trace.find((call) => call.error !== undefined);
    if (failed) return fails(`a tool call of the reference solution fails: ${failed.error}`);
    const foreign = run.trace.find((call) => !task.tools.includes(call.tool));
    if (foreign) return fails(`the reference solution calls ${foreign.tool}, which is not in the toolset`);
    evidence.tools = { calls: run.trace.length, minimum: fewestCalls(run.trace, JSON.parse(run.answer)) };
    return holds(
      `${evidence.tools.calls} calls, of which ${evidence.tools.minimum} tell everything about what the witness names`,
    );
  },
};

const isKey = (
  { answer }: { answer: { shape: { parts: readonly { key: { values: readonly unknown[] } }[] } } },
  text: string,
): boolean => answer.shape.parts.some((part) => part.key.values.includes(text));

/**
 * A greedy cover: the call that tells most of what is still unknown, again and again. What has to be known of each submitted row, so far as
 * any call tells it: the name, a row with its attributes, and what stands in one row (or call) together with the answer row's key.
 */
function fewestCalls(trace: readonly TracedCall[], answer: unknown): number {
  const rows = (Array.isArray(answer) ? answer : Object.values(answer as object).flat()) as Record<string, unknown>[];
  const names = new Set(rows.flatMap((row) => Object.values(row).filter((value) => typeof value === 'string')));
  const pairs = rows.flatMap((row) =>
    Object.values(row)
      .slice(1)
      .map((value) => [Object.values(row)[0], value] as const),
  );
  const tells = trace.map((call) => toldBy(call, names, pairs));
  const open = new Set(tells.flatMap((told) => [...told]));
  let calls = 0;
  while (open.size > 0) {
    const gain = (told: ReadonlySet<string>): number => [...told].filter((one) => open.has(one)).length;
    const best = tells.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const one of best) open.delete(one);
    calls++;
  }
  return calls;
}

/** A row with fewer columns tells a name and no attribute of it. */
const ATTRIBUTE_COLUMNS = 2;

function toldBy(
  { args, result }: TracedCall,
  names: ReadonlySet<string>,
  pairs: readonly (readonly [unknown, unknown])[],
): Set<string> {
  const told = new Set<string>();
  const asked = Object.values((args ?? {}) as object);
  for (const row of (Array.isArray(result) ? result : [result]) as unknown[]) {
    if (typeof row !== 'object' || row === null) continue;
    const shown = [...Object.values(row)];
    const seen = new Set<unknown>([...shown, ...asked]);
    for (const name of names) {
      if (shown.includes(name)) told.add(`name ${name}`);
      if (seen.has(name) && shown.length >= ATTRIBUTE_COLUMNS) told.add(`attributes ${name}`);
    }
    for (const [key, value] of pairs) if (seen.has(key) && seen.has(value)) told.add(`pair ${key} ${value}`);
  }
  return told;
}
