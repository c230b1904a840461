import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** What a benchmark is asked for; `npm run bench -- --help` prints it. */
export interface BenchOptions {
  readonly environments: number;
  readonly tasksPerEnvironment: number;
  readonly domains: readonly string[];
  readonly levels: string;
  readonly seed: string;
  readonly jobs: number;
  readonly out: string;
  readonly runId: string;
  /** An existing run folder: nothing is synthesized, only measured. */
  readonly run: string | undefined;
  /** How many tasks the latencies are measured on, spread evenly over all. */
  readonly sample: number;
  readonly python: string;
  readonly results: string;
}

export const HELP = `npm run bench -- [options]
  --environments <n>            environments over all domains (1827)
  --tasks-per-environment <m>   tasks asked of each on average; some are rejected (2.9)
  --domains <list>              names with commas between them (all three)
  --levels <list>               as in envmint synth (1-8)
  --seed <seed>                 (1)
  --jobs <n>                    worker processes (one per CPU core)
  --out <dir>, --run-id <id>    where the run is made, or resumed (runs, bench)
  --run <dir>                   measure this run folder again and make nothing
  --sample <n>                  tasks on which latencies are measured (300)
  --python <program>            the Python that runs verify.py (python3)
  --results <file>              the Markdown file whose section is written (bench/RESULTS.md)
`;

/** Undefined where help is asked for. Throws on what it does not know. */
export function parseOptions(args: string[]): BenchOptions | undefined {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const { values } = parseArgs({
    args,
    options: {
      environments: text('1827'),
      'tasks-per-environment': text('2.9'),
      domains: text('travel-planning,exam-timetabling,job-shop'),
      levels: text('1-8'),
      seed: text('1'),
      jobs: text(String(availableParallelism())),
      out: text('runs'),
      'run-id': text('bench'),
      run: { type: 'string' },
      sample: text('300'),
      python: text('python3'),
      results: text('bench/RESULTS.md'),
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    environments: toNumber('environments', values.environments),
    tasksPerEnvironment: toNumber('tasks-per-environment', values['tasks-per-environment']),
    domains: values.domains.split(','),
    levels: values.levels,
    seed: values.seed,
    jobs: toNumber('jobs', values.jobs),
    out: values.out,
    runId: values['run-id'],
    run: values.run,
    sample: toNumber('sample', values.sample),
    python: values.python,
    results: values.results,
  };
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} ${text}: give a number above 0`);
  return value;
}
