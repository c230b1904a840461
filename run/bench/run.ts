import { join } from 'node:path';
import { Summary } from '../src/domain/summary.ts';
import { measureLatencies } from './measure/latency.ts';
import { readStageTimes } from './measure/stages.ts';
import { measureSynthesis, readParts } from './measure/synthesis.ts';
import { readJson, readTasks } from './measure/tasks.ts';
import { type BenchOptions, HELP, parseOptions } from './options.ts';
import { toReport } from './report/index.ts';
import { describeMachine } from './report/machine.ts';
import { writeSection } from './report/markdown.ts';
import { groupBy, spread } from './statistics.ts';

const options = parseOptions(process.argv.slice(2));
if (options) await bench(options);
else process.stdout.write(HELP);

/** Makes a run, unless one is given, measures on it, and writes the section of the results. */
async function bench(options: BenchOptions): Promise<void> {
  const { python, sample, results } = options;
  const machine = describeMachine(python);
  const folder = options.run ?? (await measureSynthesis(options));
  process.stderr.write(`measuring on ${folder}\n`);
  const tasks = readTasks(folder);
  if (tasks.length === 0) throw new Error(`${folder} has no kept task to measure on`);
  const perLevel = [...groupBy(tasks, (task) => `${task.domain}/${task.level}`).values()];
  // The same share of each pack and level, so that a rare level is not missed.
  const sampled = perLevel.flatMap((some) => spread(some, Math.ceil((sample * some.length) / tasks.length)));
  const report = toReport({
    date: new Date().toISOString().slice(0, 10),
    machine,
    summary: Summary.parse(readJson(join(folder, 'summary.json'))),
    parts: readParts(folder),
    tasks,
    stages: await readStageTimes(folder),
    latencies: await measureLatencies(sampled, python),
  });
  writeSection(results, 'synth', report);
  process.stdout.write(`${report}\n`);
}
