import { textsOf } from '../../../util/texts.ts';
import { fewestCalls } from '../fewest-calls.ts';
import { fails, type Gate, holds } from '../gate.ts';

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
