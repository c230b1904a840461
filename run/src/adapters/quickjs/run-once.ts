import { DefaultIntrinsics, type QuickJSContext, type QuickJSHandle, type QuickJSWASMModule } from 'quickjs-emscripten';
import type { SolverLimits, SolverRun } from '../../ports/solver-isolate.ts';
import type { Toolbox } from '../../ports/world-store.ts';
import { createGate, type Gate } from './gate.ts';
import { prelude } from './prelude.ts';

export interface Assignment {
  readonly source: string;
  readonly toolbox: Toolbox;
  readonly limits: SolverLimits;
}

/** An exception of the program, taken out of the isolate. */
class ProgramError extends Error {}

export interface FinishedRun {
  readonly run: SolverRun;
  /** Whether the module's memory is as it was before, so that it can be used again. */
  readonly isClean: boolean;
}

/**
 * Runs one solution in a runtime of its own. Throws where WebAssembly itself traps; its module must not be used again then,
 * which is why nothing is disposed on that way: all of it goes with the module.
 */
export function runOnce(quickjs: QuickJSWASMModule, { source, toolbox, limits }: Assignment): FinishedRun {
  const gate = createGate(toolbox, limits);
  const runtime = quickjs.newRuntime();
  runtime.setMaxStackSize(limits.stackBytes);
  const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, BigInt: true, Date: false } });
  // Not before the context is there: an interrupted start would look like a broken isolate.
  runtime.setInterruptHandler(() => gate.isOver());
  let message: string | undefined;
  try {
    execute(context, { source, names: toolbox.names, gate });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    message = error.message;
  }
  return { run: toRun(gate, message), isClean: dispose(context) };
}

/** QuickJS asserts that nothing is left over, which does not hold where a promise's job was interrupted. */
function dispose(context: QuickJSContext): boolean {
  try {
    context.dispose();
    context.runtime.dispose();
    return true;
  } catch {
    return false;
  }
}

/** How a run ended whose module trapped because the host's own stack was used up; undefined for every other trap. */
export function isStackTrap(error: unknown): boolean {
  if (error instanceof SuppressedError) return isStackTrap(error.suppressed) || isStackTrap(error.error);
  return error instanceof RangeError && error.message.includes('call stack');
}

function toRun({ trace, answer, limit }: Gate, message: string | undefined): SolverRun {
  if (answer !== undefined) return { kind: 'submitted', answer, trace };
  if (limit !== undefined) return { kind: 'limit', limit, trace };
  if (message === undefined) return { kind: 'no-answer', trace };
  if (/out of memory|^threw null$/.test(message)) return { kind: 'limit', limit: 'memory', trace };
  if (message.includes('stack overflow')) return { kind: 'limit', limit: 'stack', trace };
  return { kind: 'threw', message, trace };
}

interface Program {
  readonly source: string;
  readonly names: readonly string[];
  readonly gate: Gate;
}

function execute(context: QuickJSContext, { source, names, gate }: Program): void {
  using send = context.newFunction('send', (name, text, length) => {
    const reply = gate.send(context.getString(name), () => context.getString(text), context.getNumber(length));
    return context.newString(reply);
  });
  using make = unwrap(context, context.evalCode(prelude, 'prelude.js', { type: 'global' }));
  using kit = unwrap(context, context.callFunction(make, context.undefined, send));
  using describe = context.getProp(kit, 'describe');
  using start = context.getProp(kit, 'start');
  using list = context.newString(JSON.stringify(names));

  using evaluated = unwrap(context, context.evalCode(source, 'solution.js', { type: 'module' }), describe);
  using module = settle(context, evaluated, describe);
  using returned = unwrap(context, context.callFunction(start, context.undefined, module, list), describe);
  using _end = settle(context, returned, describe);
}

/** What a promise comes to, or the value itself where it is none. */
function settle(context: QuickJSContext, value: QuickJSHandle, describe: QuickJSHandle): QuickJSHandle {
  if (context.getPromiseState(value).type === 'pending') runJobs(context, describe);
  const state = context.getPromiseState(value);
  if (state.type === 'pending') throw new ProgramError('the solution waits for what never comes');
  if (state.type === 'rejected') return unwrap(context, { error: state.error }, describe);
  return state.notAPromise ? value.dup() : state.value;
}

function runJobs(context: QuickJSContext, describe: QuickJSHandle): void {
  const done = context.runtime.executePendingJobs();
  if (done.error) unwrap(context, { error: done.error }, describe);
}

type Result = { readonly error: QuickJSHandle } | { readonly value: QuickJSHandle; readonly error?: undefined };

function unwrap(context: QuickJSContext, result: Result, describe?: QuickJSHandle): QuickJSHandle {
  if (!result.error) return result.value;
  using error = result.error;
  if (!describe) throw new ProgramError('Error: out of memory');
  const told = context.callFunction(describe, context.undefined, error);
  // Where even that fails, memory or time are used up.
  if (told.error) {
    told.error.dispose();
    throw new ProgramError('InternalError: out of memory');
  }
  using text = told.value;
  throw new ProgramError(context.getString(text));
}
