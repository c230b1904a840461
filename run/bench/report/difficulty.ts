import type { Rate } from '../../src/domain/task.ts';
import type { TaskFigures } from '../measure/tasks.ts';
import { groupBy, median, sum } from '../statistics.ts';
import { number, percent, table } from './markdown.ts';

const HEAD = [
  'level',
  'tasks',
  'slots',
  'rules',
  'space 10^',
  'surprisal',
  'solver nodes',
  'fewest calls',
  'calls',
  'random',
  'informed',
  'greedy',
  'local search',
  'tasks that greedy solves',
  'tasks that local search solves',
];

/** A table for each pack, a row for each level: medians of figures, pass rates over all plays of all tasks. */
export function difficultyTables(tasks: readonly TaskFigures[]): string {
  const packs = [...groupBy(tasks, (task) => task.domain)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [...packs, ['all packs', [...tasks]] as const];
  return parts.map(([pack, some]) => `#### ${pack}\n\n${table(HEAD, rowsOf(some))}`).join('\n\n');
}

function rowsOf(tasks: readonly TaskFigures[]): string[][] {
  return byLevel(tasks).map(([level, some]) => {
    const typical = (figure: (task: TaskFigures) => number, digits = 0): string =>
      number(median(some.map(figure)), digits);
    return [
      level,
      number(some.length),
      typical((task) => task.slots),
      typical((task) => task.rules),
      typical((task) => task.difficulty.spaceLog10),
      typical((task) => task.difficulty.surprisal, 1),
      typical((task) => task.difficulty.solverNodes),
      typical((task) => task.minimumCalls),
      typical((task) => task.calls),
      rate(some.map((task) => task.difficulty.random)),
      rate(some.map((task) => task.difficulty.informed)),
      rate(some.map((task) => task.difficulty.greedy)),
      rate(some.map((task) => task.difficulty.localSearch)),
      percent(some.filter((task) => task.difficulty.greedy.passed > 0).length, some.length),
      percent(some.filter((task) => task.difficulty.localSearch.passed > 0).length, some.length),
    ];
  });
}

/** Below that many plays a bound says less than the counts. */
const FEW = 3000;

/** Passed of tried over all rates; where none of many passed, the bound of the rule of three (3 / tried, 95 %). */
function rate(rates: readonly Rate[]): string {
  const [passed, tried] = [sum(rates.map((one) => one.passed)), sum(rates.map((one) => one.tried))];
  if (passed === 0) return tried < FEW ? `0 of ${number(tried)}` : `< ${(3 / tried).toExponential(0)}`;
  return passed / tried < 0.001 ? (passed / tried).toExponential(1) : percent(passed, tried);
}

const byLevel = (tasks: readonly TaskFigures[]): [string, TaskFigures[]][] =>
  [...groupBy(tasks, (task) => String(task.level))].sort(([a], [b]) => Number(a) - Number(b));

/** Whether a higher level is harder: medians from level to level, and each kept task against its kept parent. */
export function monotonicity(tasks: readonly TaskFigures[]): string {
  const figures: readonly (readonly [string, (task: TaskFigures) => number])[] = [
    ['score', (task) => task.difficulty.score],
    ['surprisal', (task) => task.difficulty.surprisal],
    ['space', (task) => task.difficulty.spaceLog10],
    ['rules', (task) => task.rules],
  ];
  const rows = [...groupBy(tasks, (task) => task.domain)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pack, some]) => {
      const levels = byLevel(some);
      const steps = figures.map(([, figure]) => {
        const medians = levels.map(([, group]) => median(group.map(figure)));
        const rising = medians.filter((value, i) => i > 0 && value >= (medians[i - 1] as number)).length;
        return `${rising} of ${Math.max(0, medians.length - 1)}`;
      });
      const pairs = pairsOf(some);
      const harder = pairs.filter(([parent, child]) => child.difficulty.score > parent.difficulty.score).length;
      return [pack, ...steps, `${harder} of ${pairs.length}`];
    });
  const head = [
    'pack',
    ...figures.map(([name]) => `steps with rising median ${name}`),
    'tasks with a higher score than their parent',
  ];
  return table(head, rows);
}

function pairsOf(tasks: readonly TaskFigures[]): [TaskFigures, TaskFigures][] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return tasks.flatMap((task): [TaskFigures, TaskFigures][] => {
    const parent = byId.get(task.parent ?? '');
    return parent ? [[parent, task]] : [];
  });
}
