import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  /** Null after a signal that cannot be caught. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  /** Sends `signal` to the program once `when` holds; looked at often. */
  readonly stop?: { readonly signal: NodeJS.Signals; when(): boolean } | undefined;
  readonly cwd?: string | undefined;
}

/** Runs the program as a process of its own, as a user does. */
export function envmint(argv: readonly string[], start: Start = {}): Promise<Ended> {
  return run(process.execPath, [main, ...argv], start);
}

export function run(program: string, argv: readonly string[], { stop, cwd }: Start = {}): Promise<Ended> {
  const child = spawn(program, argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const watch =
    stop &&
    setInterval(() => {
      if (!stop.when()) return;
      clearInterval(watch);
      child.kill(stop.signal);
    }, 5);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ code, stdout, stderr });
    });
  });
}

/** The folder of the only run in `out`. */
export function runIn(out: string): string {
  const [id = '', ...more] = readdirSync(out);
  if (more.length > 0) throw new Error(`several runs in ${out}: ${[id, ...more].join(', ')}`);
  return join(out, id);
}

/** Path → sha-256 of every file below `folder`. */
export function hashesBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true }).map(String).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  );
}

/** Outcomes written so far; 0 before there is a ledger. */
export function linesOf(run: string): number {
  const path = join(run, 'ledger.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

export interface KeptTask {
  readonly environment: string;
  readonly folder: string;
}

/** The folders of all kept tasks of a run. */
export function keptTasks(run: string): KeptTask[] {
  const items = join(run, 'items');
  return readdirSync(items).flatMap((environment) => {
    const tasks = join(items, environment, 'tasks');
    if (!existsSync(tasks)) return [];
    return readdirSync(tasks).map((task) => ({ environment: join(items, environment), folder: join(tasks, task) }));
  });
}
