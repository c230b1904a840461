import { fileURLToPath } from 'node:url';
import type { Verdict } from '../../domain/verdict.ts';
import type { VerifierProgram } from '../../ports/verifier.ts';
import { type Interpreter, startInterpreter } from './interpreter.ts';
import { createTaskFiles, type TaskPlace } from './task-files.ts';

export interface PythonVerifierOptions {
  /** The interpreter: a name on the path, or a path. */
  readonly python?: string;
  /** The verify.py to judge with: ours, unless another is to be tested. */
  readonly verifier?: string;
  /** For one batch of answers, in milliseconds. */
  readonly limitMs?: number;
}

type Answers = readonly (string | Uint8Array)[];

const shipped = fileURLToPath(new URL('../../verifiers/verify.py', import.meta.url));

/** verify.py in a Python that stays open. Batches wait for each other. The caller disposes it. */
export function createPythonVerifier(options: PythonVerifierOptions = {}): VerifierProgram {
  const { python = 'python3', verifier = shipped, limitMs = 60_000 } = options;
  const files = createTaskFiles();
  let interpreter: Interpreter | undefined;
  let last: Promise<unknown> = Promise.resolve();

  return {
    judge(task, answers, signal) {
      const turn = last.then(async () => judgeAt(await files.place(task), answers, signal));
      last = turn.catch(() => undefined);
      return turn;
    },
    async [Symbol.asyncDispose]() {
      await last;
      await interpreter?.stop();
      await files[Symbol.asyncDispose]();
    },
  };

  async function judgeAt(place: TaskPlace, answers: Answers, signal: AbortSignal): Promise<Verdict[]> {
    if (!interpreter?.isAlive()) interpreter = startInterpreter(python, verifier);
    const request = JSON.stringify({ ...place, answers: answers.map(toSendable) });
    const reply = await interpreter.ask(request, { limitMs, signal });
    return reply === null ? answers.map(() => late(limitMs)) : (JSON.parse(reply) as Verdict[]);
  }
}

function toSendable(answer: string | Uint8Array): string | { base64: string } {
  return typeof answer === 'string' ? answer : { base64: Buffer.from(answer).toString('base64') };
}

function late(limitMs: number): Verdict {
  const message = `no verdict within ${limitMs} ms: the task's checks cost too much`;
  return { verdict: 'error', score: 0, violations: [{ check: 'limit', message }] };
}
