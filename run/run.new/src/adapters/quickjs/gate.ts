import { SUBMIT } from '../../domain/tool.ts';
import type { SolverLimit, SolverLimits, TracedCall } from '../../ports/solver-isolate.ts';
import type { Toolbox } from '../../ports/world-store.ts';

/** Longer arguments fit no tool. In UTF-16 units; it also bounds how deep they can be nested. */
const MAX_ARGUMENTS = 4096;
const STEPS_PER_POLL = 10_000;

/** The one way out of a run: counts what is used up, answers calls, remembers what happened. */
export interface Gate {
  readonly trace: TracedCall[];
  answer: string | undefined;
  limit: SolverLimit | undefined;
  /** Answers a call with JSON text: `{"value"}` or `{"error"}`. `readText` is not called where the text is too long. */
  send(name: string, readText: () => string, length: number): string;
  /** Whether the program has to stop; asked once in a while. */
  isOver(): boolean;
}

export function createGate(toolbox: Toolbox, limits: SolverLimits): Gate {
  const deadline = performance.now() + limits.wallMs;
  let polls = 0;
  let calls = 0;

  function send(name: string, readText: () => string, length: number): string {
    if (gate.answer !== undefined || gate.limit !== undefined) return refuse('the episode is over');
    if (name === SUBMIT) return submit(readText, length);
    if (++calls > limits.toolCalls) {
      gate.limit = 'tool-calls';
      return refuse(`more than ${limits.toolCalls} tool calls`);
    }
    return callTool(name, length > MAX_ARGUMENTS ? undefined : readText());
  }

  function submit(readText: () => string, length: number): string {
    if (length > limits.answerLength) {
      gate.limit = 'answer-length';
      return refuse('the answer is too long');
    }
    gate.answer = readText();
    gate.trace.push({ tool: SUBMIT, args: gate.answer });
    return '{}';
  }

  function callTool(tool: string, text: string | undefined): string {
    if (text === undefined) {
      const error = `${tool}: the arguments are longer than ${MAX_ARGUMENTS} characters`;
      gate.trace.push({ tool, args: null, error });
      return refuse(error);
    }
    const args: unknown = JSON.parse(text);
    const outcome = toolbox.call(tool, args);
    if (outcome.kind === 'result') {
      gate.trace.push({ tool, args, result: outcome.value });
      return JSON.stringify({ value: outcome.value });
    }
    const error = outcome.kind === 'error' ? outcome.message : `${tool} is no tool of this kind`;
    gate.trace.push({ tool, args, error });
    return refuse(error);
  }

  const gate: Gate = {
    trace: [],
    answer: undefined,
    limit: undefined,
    send,
    isOver() {
      if (gate.answer !== undefined || gate.limit !== undefined) return true;
      if (++polls * STEPS_PER_POLL > limits.steps) gate.limit = 'steps';
      else if (performance.now() > deadline) gate.limit = 'time';
      return gate.limit !== undefined;
    },
  };
  return gate;
}

const refuse = (error: string): string => JSON.stringify({ error });
