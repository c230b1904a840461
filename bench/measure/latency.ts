import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSolverIsolate } from '../../src/adapters/quickjs/index.ts';
import { copyWorld, openWorld } from '../../src/adapters/sqlite/index.ts';
import { Environment } from '../../src/domain/environment.ts';
import { Task } from '../../src/domain/task.ts';
// biome-ignore lint/correctness/useImportExtensions: it is plain JavaScript, because it ships beside tasks.
import { load } from '../../src/verifiers/verify.mjs';
import { readAnswers, readJson, type TaskFigures } from './tasks.ts';

/** Times of single operations, in microseconds. */
export interface Latencies {
  readonly verdicts: Times;
  /** Those of them that are `pass`; the others name what is broken, and take longer. */
  readonly passing: Times;
  readonly pythonVerdicts: Times;
  /** Reading a task folder and its world until the first verdict can be asked for. */
  readonly loads: Times;
  readonly resets: Times;
  readonly solutions: Times;
}

export interface Times {
  readonly tasks: number;
  readonly us: readonly number[];
}

/** Rounds over the same answers: the first compiles statements and code and is not counted. */
const ROUNDS = 6;
const RESETS = 20;

export async function measureLatencies(tasks: readonly TaskFigures[], python: string): Promise<Latencies> {
  const { verdicts, passing, loads } = measureVerdicts(tasks);
  return {
    verdicts: { tasks: tasks.length, us: verdicts },
    passing: { tasks: tasks.length, us: passing },
    loads: { tasks: tasks.length, us: loads },
    pythonVerdicts: { tasks: tasks.length, us: measurePython(tasks, python) },
    resets: { tasks: tasks.length, us: measureResets(tasks) },
    solutions: { tasks: tasks.length, us: await measureSolutions(tasks) },
  };
}

/** verify.mjs in this process, on the texts of passing answers and near misses. */
function measureVerdicts(tasks: readonly TaskFigures[]): { verdicts: number[]; passing: number[]; loads: number[] } {
  const [timed, loads]: [TimedVerdict[], number[]] = [[], []];
  for (const task of tasks) {
    const answers = readAnswers(task);
    const started = now();
    const verifier = load(task.folder, { world: task.worldPath });
    loads.push(now() - started);
    const timeAll = (): TimedVerdict[] => answers.map((answer) => timeVerdict(verifier, answer, task));
    timeAll();
    for (let round = 1; round < ROUNDS; round++) timed.push(...timeAll());
    verifier.close();
  }
  const passing = timed.filter(({ verdict }) => verdict === 'pass').map(({ us }) => us);
  return { verdicts: timed.map(({ us }) => us), passing, loads };
}

interface TimedVerdict {
  readonly verdict: string;
  readonly us: number;
}

function timeVerdict(verifier: ReturnType<typeof load>, answer: string, { folder }: TaskFigures): TimedVerdict {
  const started = now();
  const { verdict, violations } = verifier.verify(answer);
  const us = now() - started;
  if (verdict === 'error') throw new Error(`${folder}: ${violations[0]?.message}`);
  return { verdict, us };
}

/** verify.py as a module of one Python process, on the same answers. */
function measurePython(tasks: readonly TaskFigures[], python: string): number[] {
  const input = JSON.stringify({
    rounds: ROUNDS,
    tasks: tasks.map((task) => ({ folder: task.folder, world: task.worldPath, answers: readAnswers(task) })),
  });
  const script = join(import.meta.dirname, 'time-verify.py');
  const { stdout, status, stderr } = spawnSync(python, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`${python} ${script} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A fresh writable copy of a world, as every episode gets one, with its closing. */
function measureResets(tasks: readonly TaskFigures[]): number[] {
  return [...new Set(tasks.map((task) => task.worldPath))].flatMap((path) => {
    const bytes = readFileSync(path);
    return Array.from({ length: RESETS }, () => {
      const started = now();
      copyWorld(bytes).close();
      return now() - started;
    });
  });
}

/** The reference solution in its isolate, from source text to submitted answer, tool calls included. */
async function measureSolutions(tasks: readonly TaskFigures[]): Promise<number[]> {
  const isolate = createSolverIsolate();
  const times: number[] = [];
  for (const { folder, worldPath } of tasks) {
    const task = Task.parse(readJson(join(folder, 'task.json')));
    const { tools } = Environment.parse(readJson(join(folder, '..', '..', 'environment.json')));
    const source = readFileSync(join(folder, 'solution.js'), 'utf8');
    using world = openWorld(worldPath);
    const toolbox = world.createToolbox(tools.filter((tool) => task.tools.includes(tool.name)));
    const started = now();
    const run = await isolate.run(source, toolbox);
    times.push(now() - started);
    if (run.kind !== 'submitted') throw new Error(`${folder}: the reference solution ended with ${run.kind}`);
  }
  return times;
}

const now = (): number => performance.now() * 1000;
