import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFolderArtifacts } from '../src/adapters/run-folder/index.ts';
import { createOfflineNeeds } from '../src/cli/audit-needs.ts';
import { Environment } from '../src/domain/environment.ts';
import { Task } from '../src/domain/task.ts';
import type { Artifacts } from '../src/ports/artifacts.ts';
import { type AuditNeeds, auditFolder } from '../src/stages/audit/index.ts';
import { canonicalJson } from '../src/util/canonical-json.ts';
import { createRng } from '../src/util/rng.ts';
import { wilson } from '../src/util/wilson.ts';
import { readJson, readTasks } from './measure/tasks.ts';
import { describeMachine } from './report/machine.ts';
import { percent, table, writeSection } from './report/markdown.ts';
import { EDITS, type Files } from './sabotage/edits.ts';

const HELP = `npm run bench:sabotage -- --run <dir> [options]
  --run <dir>         a run folder, whose kept tasks are spoilt in memory, one edit at a time
  --each <n>          edits of each kind (20)
  --seed <seed>       (1)
  --results <file>    the Markdown file whose section is written (none: it is only printed)
  --survivors         print the edits that the audit does not see
`;

/** Draws for each edit that is wanted: many tasks have no place for it. */
const TRIES = 6;
const NONE = 'none';

const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    each: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    results: { type: 'string' },
    survivors: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || values.run === undefined) process.stdout.write(HELP);
else await sabotage(join(values.run, 'items'), values.run);

interface Yard {
  readonly items: string;
  readonly folders: readonly string[];
  readonly needs: AuditNeeds;
}

/** Spoils kept tasks by single edits, asks all gates but those of verify.py, and counts what is refused by which gate. */
async function sabotage(items: string, run: string): Promise<void> {
  const folders = readTasks(run).map((task) => task.folder.slice(items.length + 1));
  const needs = { ...createOfflineNeeds(createFolderArtifacts(items), items, 'python3'), programs: [], verifiers: {} };
  await control({ items, folders, needs });
  const tallies: { name: string; gates: Map<string, number> }[] = [];
  for (const name of Object.keys(EDITS)) {
    tallies.push({ name, gates: await tally(name, { items, folders, needs }) });
    process.stderr.write(`${name}: ${byGate(tallies.at(-1)?.gates ?? new Map())}\n`);
  }
  const report = toReport(tallies, run);
  if (values.results) writeSection(values.results, 'sabotage', report);
  process.stdout.write(`${report}\n`);
}

/** Throws where a task is refused that nobody spoilt: then the figures would say nothing. */
async function control({ folders, needs }: Yard): Promise<void> {
  const folder = createRng('control').pick(folders);
  const place = { environment: folder.split('/')[0] as string, folder };
  const judged = await auditFolder(place, needs, AbortSignal.timeout(600_000));
  if (judged.kind === 'refuted') throw new Error(`${folder} is refused as it is: ${judged.results.at(-1)?.detail}`);
}

/** How many edits of a kind each gate refuses; those that none does are under `none`. */
async function tally(name: string, { items, folders, needs }: Yard): Promise<Map<string, number>> {
  const gates = new Map<string, number>();
  const each = Number(values.each);
  let tried = 0;
  for (let i = 0; tried < each && i < each * TRIES; i++) {
    const rng = createRng(`sabotage/${values.seed}/${name}/${i}`);
    const folder = rng.pick(folders);
    const files = readFiles(items, folder);
    const spoilt = EDITS[name]?.(files, rng) ?? files;
    if (canonicalJson(spoilt) === canonicalJson(files)) continue;
    tried++;
    const place = { environment: folder.split('/')[0] as string, folder };
    const artifacts = withFiles(needs.artifacts, { ...place, files: spoilt });
    const judged = await auditFolder(place, { ...needs, artifacts }, AbortSignal.timeout(600_000));
    const gate = judged.kind === 'refuted' ? (judged.results.at(-1)?.gate ?? 'damaged') : NONE;
    gates.set(gate, (gates.get(gate) ?? 0) + 1);
    if (gate === NONE && values.survivors) process.stdout.write(`${name} | ${folder} | ${difference(files, spoilt)}\n`);
  }
  return gates;
}

function toReport(tallies: readonly { name: string; gates: Map<string, number> }[], run: string): string {
  const sum = (gates: ReadonlyMap<string, number>): number => [...gates.values()].reduce((a, b) => a + b, 0);
  const counted = tallies.map(({ name, gates }) => {
    const tried = sum(gates);
    return { name, tried, caught: tried - (gates.get(NONE) ?? 0), gates: byGate(gates) };
  });
  const tried = counted.reduce((all, one) => all + one.tried, 0);
  const caught = counted.reduce((all, one) => all + one.caught, 0);
  const rows = [...counted, { name: 'all', tried, caught, gates: '' }].map((one) => {
    const { low, high } = wilson(one.caught, one.tried);
    return [
      one.name,
      String(one.tried),
      percent(one.caught, one.tried),
      `${percent(low, 1)} to ${percent(high, 1)}`,
      one.gates,
    ];
  });
  return `## Sabotage

\`npm run bench:sabotage -- --run ${run} --each ${values.each}\` on ${new Date().toISOString().slice(0, 10)}; ${describeMachine('python3')}.

Kept tasks spoilt by one edit each, without their proofs, so that no hash of a file tells: what the gates refuse. Not every edit is a
fault: one may mean the same in its world, or make another task that is right as well.

${table(['edit', 'tried', 'refused', '95 %', 'by the gate'], rows)}
`;
}

function readFiles(items: string, folder: string): Files {
  const environment = join(items, folder.split('/')[0] as string, 'environment.json');
  return {
    task: Task.parse(readJson(join(items, folder, 'task.json'))),
    environment: Environment.parse(readJson(environment)),
    solution: readFileSync(join(items, folder, 'solution.js'), 'utf8'),
  };
}

interface Spoilt {
  readonly environment: string;
  readonly folder: string;
  readonly files: Files;
}

/** The artifacts with the files of one task replaced, and without its proof. */
function withFiles(artifacts: Artifacts, { environment, folder, files }: Spoilt): Artifacts {
  const replaced = new Map([
    [`${environment}/environment.json`, JSON.stringify(files.environment)],
    [`${folder}/task.json`, JSON.stringify(files.task)],
    [`${folder}/solution.js`, files.solution],
  ]);
  return {
    ...artifacts,
    async readFile(path) {
      const text = replaced.get(path);
      return text === undefined ? artifacts.readFile(path) : new TextEncoder().encode(text);
    },
    list: async (path) => (await artifacts.list(path)).filter((name) => name !== 'proof.json'),
  };
}

function byGate(gates: ReadonlyMap<string, number>): string {
  const sorted = [...gates].sort((a, b) => b[1] - a[1]);
  return sorted.map(([gate, count]) => `${gate} ${count}`).join(', ');
}

/** The first place where two task folders differ, with what stands around it. */
function difference(a: Files, b: Files): string {
  const [x, y] = [canonicalJson(a), canonicalJson(b)];
  let at = 0;
  while (x[at] === y[at]) at++;
  return `${x.slice(Math.max(0, at - 120), at + 80)}  ==>  ${y.slice(at, at + 60)}`;
}
