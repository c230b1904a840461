import type { TestPlan } from '../../../src/domain/recipe.ts';
import { relativeTo } from '../shared/paths.ts';
import { quote, quoteAll, TAKE_REPORTS } from '../shared/shell.ts';
import { inFolder, quoteGlob } from './build.ts';
import type { Layout } from './layout.ts';
import type { Runner, RunnerName } from './runner.ts';
import type { Selection } from './scope.ts';
import { TOOLS } from './toolchain.ts';

export interface RunNeeds {
  readonly layout: Layout;
  readonly runner: Runner;
  readonly selection: Selection;
  /** Commands before the tests. */
  readonly build: readonly string[];
  /** Every test file of the package, from the root of the repository, where the runner has to be told them. */
  readonly all: readonly string[];
}

/** Which tests: files by their paths, or whatever the runner's configuration and command line say. */
type Which = { readonly files: readonly string[] } | 'configured';

export function testPlan(needs: RunNeeds): TestPlan {
  const { selection, runner } = needs;
  const script = (which: Which) =>
    [TAKE_REPORTS, ...needs.build, inFolder(needs.layout, runner.home, commandFor(needs, which))].join('\n');
  return {
    files: script({ files: selection.files }),
    package: script({ files: selection.package }),
    all: script(findsAll(runner) ? 'configured' : { files: needs.all }),
  };
}

/** Whether the runner finds its tests by itself, or is told them by the project's own command. */
function findsAll({ name, patterns }: Runner): boolean {
  return ['jest', 'vitest', 'ava', 'jasmine', 'lab'].includes(name) || patterns.length > 0;
}

type Write = (needs: RunNeeds, which: Which) => string;

const WRITERS: Readonly<Record<RunnerName, Write>> = {
  jest,
  vitest,
  mocha,
  ava,
  tap: (needs, which) => tap(needs, which, ['node', ...needs.runner.nodeFlags, ...requires(needs.runner)]),
  tape: (needs, which) => tap(needs, which, ['node', ...needs.runner.nodeFlags, ...requires(needs.runner)]),
  program: (needs, which) => tap(needs, which, ['node', ...needs.runner.nodeFlags]),
  jasmine,
  lab,
  'node-test': nodeTest,
};

function commandFor(needs: RunNeeds, which: Which): string {
  const { runner } = needs;
  const env = runner.env.map((pair) => `export ${quote(pair)}; `).join('');
  // Reporters take the variable away as they are loaded: before any test, though after Jest's own configuration. vitest writes its report itself.
  const handOver = runner.name === 'vitest' ? '' : 'export ENVMINT_REPORTS="$reports"; ';
  return `${env}${handOver}${WRITERS[runner.name](needs, which)}`;
}

/** Paths from the folder in which the runner is started; the canary's come behind them in every run that names files. */
function paths({ runner }: RunNeeds, which: Which): string {
  if (which === 'configured') return runner.patterns.map(quoteGlob).join(' ');
  return `${quoteAll(which.files.map((path) => relativeTo(runner.home.folder, path)))} "$@"`;
}

/** Flags that match, with the values that follow them. */
function keep({ flags }: Runner, pattern: RegExp): readonly string[] {
  return flags.filter((flag, at) => pattern.test(flag) || (!flag.startsWith('-') && pattern.test(flags[at - 1] ?? '')));
}

function requires(runner: Runner): readonly string[] {
  return keep(runner, /^(?:-r|--require|--import|--loader)(?:=|$)/);
}

const JEST_FLAGS =
  /^(?:-c|--config|--rootDir|--roots|--env|--testEnvironment|--testTimeout|--projects|--selectProjects|--setupFiles|--transform|--globals|--passWithNoTests|--experimental.*|--detectOpenHandles|--forceExit|--testMatch|--testRegex)(?:=|$)/;

function jest(needs: RunNeeds, which: Which): string {
  const { runner } = needs;
  const program = runner.program.length > 0 ? runner.program : ['jest'];
  const flags = [
    ...keep(runner, JEST_FLAGS),
    '--ci',
    '--watchAll=false',
    '--coverage=false',
    '--maxWorkers=2',
    `--reporters=${TOOLS}/jest.cjs`,
    '--reporters=default',
  ];
  const node = nodeOptions(runner);
  const files = which === 'configured' ? '' : ` --runTestsByPath ${paths(needs, which)}`;
  return `${node}${quoteAll([...program, ...flags])}${files}`;
}

/** Programs on the path take flags of Node by a variable. */
function nodeOptions({ nodeFlags }: Runner): string {
  return nodeFlags.length === 0 ? '' : `export NODE_OPTIONS="\${NODE_OPTIONS:-} ${nodeFlags.join(' ')}"; `;
}

const VITEST_FLAGS =
  /^(?:-c|--config|-r|--root|--dir|--project|--environment|--mode|--globals|--pool|--testTimeout|--workspace|--dom|--no-threads|--threads|--no-isolate)(?:=|$)/;

function vitest(needs: RunNeeds, which: Which): string {
  const flags = [...keep(needs.runner, VITEST_FLAGS), '--reporter=junit', '--reporter=default'];
  const files = which === 'configured' ? '' : ` ${paths(needs, which)}`;
  // A folder of tests is named by its files: every pattern is a part of a path.
  return `${nodeOptions(needs.runner)}vitest run ${quoteAll(flags)} --outputFile="$reports/vitest.xml"${files}`;
}

const MOCHA_DROPPED =
  /^(?:-R|--reporter|-O|--reporter-options?|--watch|-w|--bail|-b|--parallel|-p|-j|--jobs|--forbid-only|--forbid-pending|--spec|--no-timeouts|--check-leaks)(?:=|$)/;

function mocha(needs: RunNeeds, which: Which): string {
  const { flags } = needs.runner;
  const kept = flags.filter(
    (flag, at) => !isDropped(flag) && !(isValueOf(flags, at) && isDropped(flags[at - 1] ?? '')),
  );
  return `${nodeOptions(needs.runner)}node ${TOOLS}/mocha-run.cjs ${quoteAll(kept)} --files ${paths(needs, which)}`;
}

function isDropped(flag: string): boolean {
  return MOCHA_DROPPED.test(flag);
}

/** A word behind one of the flags that take one. */
function isValueOf(flags: readonly string[], at: number): boolean {
  return !(flags[at] ?? '-').startsWith('-') && !(flags[at - 1] ?? '').includes('=');
}

function tap(needs: RunNeeds, which: Which, command: readonly string[]): string {
  return `python3 ${TOOLS}/tap.py ${quoteAll(command)} -- ${paths(needs, which)}`;
}

function ava(needs: RunNeeds, which: Which): string {
  const flags = keep(needs.runner, /^--(?:config|timeout|node-arguments)/);
  return `export NODE_OPTIONS="\${NODE_OPTIONS:-} --require=${TOOLS}/ava.cjs"; ${tap(needs, which, ['--whole', 'ava', '--tap', ...flags])}`;
}

function jasmine(needs: RunNeeds, which: Which): string {
  const flags = keep(needs.runner, /^--(?:config|helper|require)(?:=|$)/);
  return `${nodeOptions(needs.runner)}jasmine ${quoteAll([...flags, '--random=false', `--reporter=${TOOLS}/jasmine.cjs`])} ${paths(needs, which)}`;
}

const LAB_FLAGS =
  /^(?:-a|--assert|-m|--timeout|-M|--context-timeout|-T|--transform|-e|--environment|-I|--globals|--ignore|-l|--leaks|--typescript|-p|--default-plan-threshold)(?:=|$)/;

function lab(needs: RunNeeds, which: Which): string {
  const flags = keep(needs.runner, LAB_FLAGS);
  return `${nodeOptions(needs.runner)}node ${TOOLS}/lab-run.cjs ${quoteAll(flags)} --files ${paths(needs, which)}`;
}

function nodeTest(needs: RunNeeds, which: Which): string {
  const flags = ['--test', `--test-reporter=${TOOLS}/node-test.cjs`, '--test-reporter-destination=stdout'];
  return `${quoteAll(['node', ...needs.runner.nodeFlags, ...flags])} ${paths(needs, which)}`;
}
