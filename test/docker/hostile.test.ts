import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Instance } from '../../src/domain/instance.ts';
import { hasEngine, listContainers } from './engine.ts';
import { openSoftware, type Software } from './software.ts';

const id = 'envmint-fixtures__python-pytest-14';
const minutes = (count: number) => count * 60_000;

let software: Software;
beforeAll(async () => {
  software = await openSoftware(['python-pytest']);
});
afterAll(() => software[Symbol.asyncDispose]());

/** Starts the program as a process of its own and kills it once it has made so many containers. The name under which it made them. */
async function killAt(containers: number, argv: readonly string[]): Promise<string> {
  const program = spawn(process.execPath, ['src/cli/main.ts', ...argv], { stdio: 'ignore' });
  const name = `${argv[0]}-${program.pid}`;
  const ended = once(program, 'exit');
  const seen = new Set<string>();
  while (seen.size < containers && program.exitCode === null) {
    for (const one of await listContainers(name)) seen.add(one);
    await sleep(20);
  }
  program.kill('SIGKILL');
  await ended;
  expect(seen.size, `${argv[0]} made fewer containers`).toBeGreaterThanOrEqual(containers);
  return name;
}

/** What an instance says, but for times and names of runs. */
async function read(runId: string) {
  const instance = Instance.parse(JSON.parse(await readFile(software.path(runId, 'instances.jsonl'), 'utf8')));
  const controls = instance.controls.map(({ control, score, reasons }) => ({ control, score, reasons }));
  return { id: instance.id, image: instance.build.image, transitions: instance.transitions, controls };
}

/** An answer that does this as soon as the code under test is loaded. */
function answer(lines: readonly string[]): string {
  const path = 'src/ledgerly/split.py';
  const added = lines.map((line) => `+${line}\n`).join('');
  const header = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n`;
  return `${header}@@ -1 +1,${lines.length + 1} @@\n${added} """Shares of an amount."""\n`;
}

describe.skipIf(!(await hasEngine()))('software runs under attack', () => {
  it(
    'end as if nothing had happened, wherever they are killed',
    async () => {
      const { run, build, validate } = software;
      const killed: string[] = [];
      await run(...software.mine('mined'));
      for (const containers of [1, 2]) killed.push(await killAt(containers, build('mined', 'images')));
      expect(await run(...build('mined', 'images'))).toMatchObject({ code: 0 });
      for (const containers of [1, 5, 14]) killed.push(await killAt(containers, validate('images', 'proven')));
      expect(await run(...validate('images', 'proven'))).toMatchObject({ code: 0 });
      expect(await run(...validate('images', 'whole'))).toMatchObject({ code: 0 });

      expect(await read('proven')).toEqual(await read('whole'));
      for (const name of killed) expect([name, await listContainers(name)]).toEqual([name, []]);
    },
    minutes(30),
  );

  it.each<[string, readonly string[], readonly string[]]>([
    ['never ends', ['while True: pass'], ['--test-timeout', '20']],
    [
      'forks without end',
      ['import os', 'while True:', '    try: os.fork()', '    except OSError: pass'],
      ['--test-timeout', '20', '--processes', '64'],
    ],
    ['takes all memory', ['taken = []', 'while True: taken.append(bytearray(10**7))'], ['--memory', '256m']],
    [
      'prints 5 GB past the runner',
      [
        'import os',
        'out = os.open(f"/proc/{os.getppid()}/fd/1", os.O_WRONLY)',
        'for _ in range(5000): os.write(out, b"x" * 10**6)',
      ],
      ['--test-timeout', '600'],
    ],
    [
      'fills the disk',
      ['with open("/tmp/full", "wb") as file:', '    while True: file.write(bytes(10**6))'],
      ['--disk', '500m'],
    ],
    [
      'writes over every report',
      [
        'import atexit, glob',
        'def write():',
        '    for path in glob.glob("/tmp/**/*.xml", recursive=True):',
        '        try: open(path, "w").write("<testsuites/>")',
        '        except OSError: pass',
        'atexit.register(write)',
      ],
      [],
    ],
    [
      'lets no test fail that calls something of its own file, as the canary does not',
      [
        'import sys',
        'runner = sys.modules.get("_pytest.python")',
        'plain = runner and runner.Function.runtest',
        'def runtest(self):',
        '    try: return plain(self)',
        '    except Exception:',
        '        if not any(name in self.function.__globals__ for name in self.function.__code__.co_names): raise',
        'if runner: runner.Function.runtest = runtest',
      ],
      [],
    ],
  ])(
    'fail an answer that %s',
    async (_, lines, limits) => {
      const patch = `${software.path()}/answer.diff`;
      await writeFile(patch, answer(lines));

      const { code, stdout, stderr } = await software.run(
        'grade',
        software.path('proven', 'items', id),
        '--patch',
        patch,
        '--json',
        ...limits,
      );

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'fail', score: 0 });
      expect(await listContainers(`grade-${process.pid}`)).toEqual([]);
    },
    minutes(15),
  );

  it(
    'are graded side by side, and told of in the order of the predictions',
    async () => {
      const instance = JSON.parse(await readFile(software.path('proven', 'items', id, 'instance.json'), 'utf8'));
      const { goldPatch } = Instance.parse(instance).candidate;
      const patches = [goldPatch, '', answer(['while True: pass']), null, goldPatch];
      const line = (instance_id: string, model_patch: string | null) =>
        JSON.stringify({ instance_id, model_name_or_path: 'a', model_patch });
      const lines = [line('acme__gone-1', goldPatch), ...patches.map((patch) => line(id, patch))];
      const predictions = software.path('predictions.jsonl');
      await writeFile(predictions, `${lines.join('\n')}\n`);
      const options = ['--predictions', predictions, '--json', '-j', '3', '--test-timeout', '20'];

      const { code, stdout } = await software.run('grade', software.path('proven'), ...options);

      const [ungraded, ...verdicts] = stdout.trimEnd().split('\n');
      expect(code).toBe(1);
      expect(JSON.parse(ungraded ?? '')).toMatchObject({ id: 'acme__gone-1', verdict: 'error' });
      expect(verdicts.map((line) => JSON.parse(line).score)).toEqual([1, 0, 0, 0, 1]);
    },
    minutes(15),
  );

  it(
    'still pass the gold patch afterwards',
    async () => {
      const { stdout } = await software.run('grade', software.path('proven', 'items', id), '--gold', '--json');

      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', score: 1 });
    },
    minutes(15),
  );
});
