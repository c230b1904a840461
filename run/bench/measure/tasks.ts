import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Proof } from '../../src/domain/proof.ts';
import { type Difficulty, Task } from '../../src/domain/task.ts';

/** What a benchmark keeps of a task: numbers and places, so that thousands fit into memory. */
export interface TaskFigures {
  readonly id: string;
  readonly domain: string;
  readonly level: number;
  readonly folder: string;
  readonly worldPath: string;
  readonly parent: string | null;
  readonly difficulty: Difficulty;
  readonly slots: number;
  readonly rules: number;
  readonly nearMisses: number;
  readonly solutions: number;
  readonly calls: number;
  readonly minimumCalls: number;
  readonly answers: number;
  readonly disagreements: number;
  readonly verifiers: readonly string[];
  readonly mutants: number;
  readonly killed: number;
  readonly infeasible: number;
  readonly gates: number;
}

/** Every kept task below `<run>/items`, sorted by environment and name. */
export function readTasks(run: string): TaskFigures[] {
  const items = join(run, 'items');
  return namesIn(items).flatMap((environment) =>
    namesIn(join(items, environment, 'tasks')).map((task) => readFigures(join(items, environment), task)),
  );
}

function readFigures(environment: string, name: string): TaskFigures {
  const folder = join(environment, 'tasks', name);
  const task = Task.parse(readJson(join(folder, 'task.json')));
  const proof = Proof.parse(readJson(join(folder, 'proof.json')));
  const { parts } = task.answer.shape;
  return {
    id: task.id,
    domain: task.domain,
    level: task.difficulty.level,
    folder,
    worldPath: join(environment, 'world.sqlite'),
    parent: task.lineage.parent,
    difficulty: task.difficulty,
    slots: parts.reduce((count, part) => count + part.key.values.length * part.fields.length, 0),
    rules: task.checks.filter((check) => check.stage === 'rule').length,
    nearMisses: proof.nearMisses.length,
    solutions: 1 + proof.solutions.length,
    calls: proof.tools.calls,
    minimumCalls: proof.tools.minimum,
    answers: proof.judged.answers,
    disagreements: proof.judged.disagreements,
    verifiers: proof.judged.verifiers,
    mutants: proof.killMatrix.reduce((count, cell) => count + cell.mutants, 0),
    killed: proof.killMatrix.reduce((count, cell) => count + cell.killed, 0),
    infeasible: proof.infeasible.length,
    gates: proof.gates.length,
  };
}

/** The answers that a proof holds, as JSON texts: those that pass and the near misses. */
export function readAnswers({ folder }: TaskFigures): string[] {
  const { witness, solutions, nearMisses } = Proof.parse(readJson(join(folder, 'proof.json')));
  return [witness, ...solutions.map(({ answer }) => answer), ...nearMisses.map(({ answer }) => answer)].map((answer) =>
    JSON.stringify(answer),
  );
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Names that do not begin with a dot, sorted; none where there is no such folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
