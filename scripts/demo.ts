import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chooseTask, type DemoTask } from './demo-task.ts';
import { describeAnswers, describeEnd, describeProof, describeTask, heading } from './demo-text.ts';

/** Few enough for less than a minute on two cores; the middle levels, since one of them is shown. */
const SYNTH = [
  'synth',
  'travel-planning',
  '--environments',
  '5',
  '--levels',
  '2-6',
  '--run-id',
  'demo',
  '--out',
  'runs',
];
const RUN = join('runs', 'demo');

const code = await synthesize();
if (code === 0) process.exitCode = present();
else process.exitCode = code;

/** The command line itself, as a user would run it. Resolves to its exit code. */
function synthesize(): Promise<number> {
  const print = (text: string): boolean => process.stdout.write(text);
  print(`${heading('1. Worlds, tasks and verifiers')}\n$ npx envmint ${SYNTH.join(' ')}\n`);
  const child = spawn(process.execPath, ['bin/envmint.mjs', ...SYNTH], { stdio: 'inherit' });
  // A Ctrl-C of the terminal reaches the child as well, which cleans up; a signal to this process alone is passed on.
  process.on('SIGINT', () => undefined);
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
}

/** Shows one task and lets its own verifier judge two answers. Returns the exit code. */
function present(): number {
  const chosen = chooseTask(RUN);
  if (!chosen) {
    process.stderr.write(`no task of ${RUN} passed its audit: look at ${RUN}/summary.json\n`);
    return 1;
  }
  const reference = writeAnswer('reference', chosen.proof.witness);
  const nearMiss = writeAnswer('near-miss', chosen.nearMiss.answer);
  const verdicts = [judge(chosen, reference), judge(chosen, nearMiss)];
  process.stdout.write(
    [
      describeTask(chosen),
      describeProof(chosen),
      describeAnswers(chosen, { reference, nearMiss, verdicts }),
      describeEnd(chosen),
    ].join('\n'),
  );
  const [accepted, refused] = verdicts;
  const isNamed = refused?.violations.some(({ check }) => check === chosen.nearMiss.check) ?? false;
  if (accepted?.verdict === 'pass' && refused?.verdict === 'fail' && isNamed) return 0;
  process.stderr.write('the verifier did not judge as the proof says: this is a bug in envmint\n');
  return 1;
}

function writeAnswer(name: string, answer: unknown): string {
  const folder = join(RUN, 'answers');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  writeFileSync(path, `${JSON.stringify(answer, null, 1)}\n`);
  return path;
}

interface Judgement {
  readonly verdict: string;
  readonly score: number;
  readonly violations: readonly { readonly check: string; readonly message: string }[];
  readonly command: string;
  readonly exitCode: number;
}

/** What the task's own verify.py says, run by the system's Python. */
function judge({ folder }: DemoTask, answer: string): Judgement {
  const script = relative('.', join(folder, 'verify.py'));
  const { stdout, status } = spawnSync('python3', [script, answer], { encoding: 'utf8' });
  return { ...JSON.parse(stdout), command: `python3 ${script} ${answer}`, exitCode: status ?? 1 };
}
