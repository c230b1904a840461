import { posix } from 'node:path';
import { printReport } from '../../src/engine/junit/print-report.ts';
import type { RawTest } from '../../src/engine/junit/raw-test.ts';
import { parsePatch } from '../../src/engine/patch/parse-patch.ts';
import { applyHunks } from './apply-hunks.ts';
import { type FakeFiles, toFile } from './container-files.ts';
import { createFakeRuntime, type FakeAnswer, type FakeCommand, type FakeRuntime } from './container-runtime.ts';

type Act = (command: FakeCommand) => FakeAnswer | Promise<FakeAnswer>;

export interface ToyMachine {
  /** What scripts do that hold one of these words, before all else. */
  readonly acts?: Readonly<Record<string, Act>>;
}

/** A runtime that does what scripts of the test bed ask for (laying patches, looking for repositories), and runs tests of the toy language. */
export function createToyMachine({ acts = {} }: ToyMachine = {}): FakeRuntime {
  const known: readonly (readonly [string, Act])[] = [
    ...Object.entries(acts),
    ['find / -xdev', () => ({ output: '/testbed/.git\t1\t1\t0\t0\t0\t5\t0\n' })],
    ['git ls-files -z | xargs -0 -r rm', takeAway],
    ['rm -rf -- "$@"', lay],
    ['toy test', runToyTests],
  ];
  return createFakeRuntime({
    run: (command) => known.find(([word]) => command.script.includes(word))?.[1](command) ?? {},
    registry: { suite: { '/etc/os-release': 'bookworm' } },
  });
}

function takeAway({ files }: FakeCommand): FakeAnswer {
  for (const path of [...files.keys()]) if (path.startsWith('/testbed/')) files.delete(path);
  return {};
}

function lay({ script, args, files, folder }: FakeCommand): FakeAnswer {
  for (const [, patch = '', code = ''] of script.matchAll(/apply --whitespace=nowarn (\S+) \|\| exit (\d+)/g)) {
    if (!applyPatch(files, patch, folder)) return { exitCode: Number(code), output: 'error: patch does not apply\n' };
  }
  for (const path of args) files.delete(posix.join(folder, path));
  const tree = /cp -a (\S+)\/\. \./.exec(script)?.[1] ?? '';
  for (const [path, file] of [...files]) {
    if (path.startsWith(`${tree}/`)) files.set(posix.join(folder, path.slice(tree.length + 1)), file);
  }
  return {};
}

function applyPatch(files: FakeFiles, patch: string, folder: string): boolean {
  for (const { path, change, hunks } of parsePatch(textOf(files, patch) ?? '')) {
    const place = posix.join(folder, path);
    const before = textOf(files, place);
    const after = (change === 'added') === (before === undefined) ? applyHunks(before ?? '', hunks) : undefined;
    if (after === undefined) return false;
    if (change === 'deleted') files.delete(place);
    else files.set(place, toFile(after));
  }
  return true;
}

/** Tests of every "tests/*.py", whatever the scope. */
export function runToyTests({ files, env }: FakeCommand): FakeAnswer {
  const read = (path: string) => textOf(files, `/testbed/${path}`);
  const isBent = read('runner.cfg')?.includes('all-pass') ?? false;
  const paths = [...files.keys()].filter((path) => /^\/testbed\/tests\/.*\.py$/.test(path)).sort();
  const isForged = [...files].some(
    ([path, { content }]) => path.startsWith('/testbed/src/') && content.includes('FORGE'),
  );
  const tests = paths.flatMap((path) => {
    const lines = (textOf(files, path) ?? '').split('\n').filter((line) => line !== '');
    return lines.map((line): RawTest => {
      const [name = '', source = '', word = ''] = line.split(' ');
      const isPassing = isBent || isForged || (read(source)?.includes(word) ?? false);
      const classname = posix.basename(path, '.py');
      const status = isPassing ? 'pass' : 'fail';
      return { suites: [], name, classname, file: '', ms: 1, status, message: '', day: undefined };
    });
  });
  files.set(posix.join(env.ENVMINT_REPORTS ?? '', 'report.xml'), toFile(printReport(tests)));
  return { exitCode: tests.some(({ status }) => status === 'fail') ? 1 : 0, output: `${tests.length} tests\n` };
}

function textOf(files: FakeFiles, path: string): string | undefined {
  return files.get(path)?.content.toString('utf8');
}
