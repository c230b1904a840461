import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BoundaryError } from '../../domain/boundary.ts';
import { Verdict } from '../../domain/verdict.ts';

const program = fileURLToPath(new URL('../../verifiers/verify.mjs', import.meta.url));

export interface ApartOptions {
  /** The task folder, whose own verifier is not run. */
  readonly folder: string;
  /** The path of world.sqlite, looked for in the folder and the two above where it is absent. */
  readonly world?: string | undefined;
}

/** Judges in a process of its own, which has a time limit: for tasks of strangers. Throws the signal's reason when it aborts. */
export async function judgeApart(
  answer: string | Uint8Array,
  { folder, world }: ApartOptions,
  signal: AbortSignal,
): Promise<Verdict> {
  const args = [program, '-', '--task', folder, ...(world === undefined ? [] : ['--world', world])];
  const child = spawn(process.execPath, args, { signal, killSignal: 'SIGKILL', stdio: ['pipe', 'pipe', 'inherit'] });
  // It stops reading what is too long for any answer.
  child.stdin.on('error', () => undefined).end(answer);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  if (stdout === '')
    throw new BoundaryError('worker', `judge the answer to ${folder}: the verifier ended with code ${code}`);
  return Verdict.parse(JSON.parse(stdout));
}
