import type { Summary } from '../../src/domain/summary.ts';
import type { Latencies, Times } from '../measure/latency.ts';
import type { StageTimes } from '../measure/stages.ts';
import type { Part } from '../measure/synthesis.ts';
import type { TaskFigures } from '../measure/tasks.ts';
import { largest, median, quantile, sum } from '../statistics.ts';
import { difficultyTables, monotonicity } from './difficulty.ts';
import { number, percent, table } from './markdown.ts';
import { funnel, memory, peakTotal, stageTable, throughput } from './run.ts';

export interface Measured {
  readonly date: string;
  readonly machine: string;
  readonly summary: Summary;
  readonly parts: readonly Part[];
  readonly tasks: readonly TaskFigures[];
  readonly latencies: Latencies;
  readonly stages: readonly StageTimes[];
}

/** The section of the results file. */
export function toReport(measured: Measured): string {
  const { date, machine, summary, parts, tasks, latencies, stages } = measured;
  const environments = new Set(tasks.map((task) => task.worldPath)).size;
  const commands = [...new Set(parts.map((part) => part.command))];
  return [
    '## Synthesis, audit and verdicts (`npm run bench`)',
    `Measured on ${date}: ${machine}.`,
    ...commands.map((command) => `    ${command}`),
    `${number(tasks.length)} kept tasks in ${number(environments)} environments.`,
    `### Aims\n\n${aims(measured)}`,
    `### Funnel\n\n${funnel(summary)}`,
    `### Throughput and memory\n\n${pace(parts)}\n\n${stageTable(stages)}\n\n${memory(parts)}\n\nPages that processes share are counted for each of them.`,
    `### Latencies\n\n${latencyTable(latencies)}\n\nVerdicts are on passing answers and near misses of each task, given as JSON text; the first round is not counted.`,
    `### Evidence\n\n${evidence(tasks)}`,
    `### Difficulty\n\nMedians over tasks; pass rates over all plays of all tasks, counts where none of a few passed, the upper 95 % bound where none of many did. What the players are is told in docs/formats.md.\n\n${difficultyTables(tasks)}`,
    `### Levels against measured difficulty\n\n${monotonicity(tasks)}`,
  ].join('\n\n');
}

function aims({ parts, latencies, tasks }: Measured): string {
  const { rate, seconds } = throughput(parts);
  const strict = tasks.filter((task) => task.level >= 3);
  const hard = tasks.filter((task) => task.level >= 5);
  const unsolved = (player: 'greedy' | 'localSearch') =>
    hard.filter((task) => task.difficulty[player].passed === 0).length;
  return table(
    ['what', 'aim', 'measured'],
    [
      [
        'kept tasks a second',
        '20',
        parts.length === 0 ? 'not measured' : `${number(rate, 2)} (${number(seconds / 60, 1)} minutes)`,
      ],
      [
        'peak memory of all processes',
        '< 500 MiB',
        Number.isNaN(peakTotal(parts)) ? 'not measured' : `${number(peakTotal(parts))} MiB`,
      ],
      ['verdict in process, median', '< 200 µs', `${number(median(latencies.verdicts.us))} µs`],
      ['verdict in process, p99', '< 2,000 µs', `${number(quantile(latencies.verdicts.us, 0.99))} µs`],
      ['verify.py as a module, median', '< 500 µs', `${number(median(latencies.pythonVerdicts.us))} µs`],
      ['copy of a world, median', '< 1,000 µs', `${number(median(latencies.resets.us))} µs`],
      ['disagreements of verifiers', '0', number(sum(tasks.map((task) => task.disagreements)))],
      [
        'rules without an answer that breaks them alone',
        '0',
        number(sum(tasks.map((task) => task.rules - task.nearMisses))),
      ],
      [
        'tasks from level 3 on that random play passes',
        '0',
        `${number(strict.filter((task) => task.difficulty.random.passed > 0).length)} of ${number(strict.length)}`,
      ],
      ['tasks from level 5 on that greedy never solves', 'most', percent(unsolved('greedy'), hard.length)],
      ['tasks from level 5 on that local search never solves', 'most', percent(unsolved('localSearch'), hard.length)],
    ],
  );
}

function pace(parts: readonly Part[]): string {
  if (parts.length === 0) return 'The run was made without the benchmark, so its time is not known.';
  const { kept, seconds, rate } = throughput(parts);
  const goes = parts.length === 1 ? '' : `, in ${parts.length} parts, since the run was interrupted`;
  return `${number(kept)} tasks in ${number(seconds)} s with ${parts[0]?.jobs} worker processes${goes}: ${number(rate, 2)} tasks a second, audit included.`;
}

function latencyTable({ verdicts, passing, pythonVerdicts, loads, resets, solutions }: Latencies): string {
  const row = (name: string, { us, tasks }: Times): string[] => [
    name,
    number(tasks),
    number(us.length),
    number(median(us)),
    number(quantile(us, 0.99)),
    number(largest(us)),
  ];
  return table(
    ['in µs', 'tasks', 'times', 'median', 'p99', 'longest'],
    [
      row('verdict in process (verify.mjs)', verdicts),
      row('of these on answers that pass', passing),
      row('verdict of verify.py as a module', pythonVerdicts),
      row('loading a task folder (verify.mjs)', loads),
      row('writable copy of a world, made and closed', resets),
      row('reference solution in QuickJS, tool calls included', solutions),
    ],
  );
}

function evidence(tasks: readonly TaskFigures[]): string {
  const total = (figure: (task: TaskFigures) => number): string => number(sum(tasks.map(figure)));
  const verifiers = [...new Set(tasks.flatMap((task) => task.verifiers))].join(', ');
  return table(
    ['what', 'count'],
    [
      [`answers judged by ${verifiers}`, total((task) => task.answers)],
      ['disagreements among these', total((task) => task.disagreements)],
      ['rules broken by mutants', total((task) => task.mutants)],
      ['of these named by the verifier', total((task) => task.killed)],
      ['rules', total((task) => task.rules)],
      ['of these with an answer that breaks them alone', total((task) => task.nearMisses)],
      ['different passing answers', total((task) => task.solutions)],
      ['gates that hold', total((task) => task.gates)],
      ['bounds with a proof of how much tighter nothing satisfies the task', total((task) => task.infeasible)],
    ],
  );
}
