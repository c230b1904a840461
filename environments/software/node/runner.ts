import type { Project } from '../../../src/testbed/stack.ts';
import { join } from '../shared/paths.ts';
import { toWords } from '../shared/shell.ts';
import type { Layout } from './layout.ts';
import { dependenciesOf, type Package } from './package-json.ts';
import { type Command, testCommands } from './scripts.ts';

export const RUNNERS = [
  'vitest',
  'jest',
  'mocha',
  'ava',
  'tap',
  'tape',
  'jasmine',
  'lab',
  'node-test',
  'program',
] as const;
export type RunnerName = (typeof RUNNERS)[number];

/** Packages that bring a runner, where they are not called like it. */
const PACKAGES: Readonly<Partial<Record<RunnerName, readonly string[]>>> = { lab: ['@hapi/lab', 'lab'] };

/** What runs the tests, and how the project starts it. */
export interface Runner {
  readonly name: RunnerName;
  /** The package whose configuration holds, in whose folder it is started. */
  readonly home: Package;
  /** Flags of Node itself. */
  readonly nodeFlags: readonly string[];
  readonly env: readonly string[];
  /** Words that start it, where it is not the runner's own program: "react-scripts test". */
  readonly program: readonly string[];
  readonly flags: readonly string[];
  /** Files and patterns of its command line. */
  readonly patterns: readonly string[];
  /** Commands of the test script that come before it. */
  readonly before: readonly Command[];
  readonly why: string;
}

/** The runner that the test files themselves name goes before the one of the scripts, and that before the one that is installed. */
export async function chooseRunner(project: Project, layout: Layout): Promise<Runner | undefined> {
  const texts = await Promise.all(project.tests.slice(0, 20).map((path) => project.readTest(path)));
  const named = texts.flatMap((text) => namedRunner(text ?? '') ?? [])[0];
  const homes = layout.own.folder === layout.root.folder ? [layout.own] : [layout.own, layout.root];
  const scripted = homes.flatMap((home) => fromScripts(home, named));
  const fitting = scripted.find(({ name }) => name === (named ?? name));
  const installed = fromDependencies(homes, named);
  // A program that is called a test is a guess, where a runner is installed by which tests without an import are written.
  const isGuess = fitting?.name === 'program' && ['jest', 'jasmine', 'vitest'].includes(installed?.name ?? '');
  const found = (isGuess ? undefined : fitting) ?? installed ?? fromPrograms(layout.own, texts);
  return found === undefined ? undefined : withLoader(project, await withOptsFile(project, found));
}

/** The runner that a test's text imports. */
function namedRunner(text: string): RunnerName | undefined {
  const found =
    /(?:from\s+|require\(\s*|import\s+)["'](vitest|@jest\/globals|node:test|ava|tape|tap|t-tap|@tapjs\/\w+|blue-tape|@hapi\/lab|lab)["']/.exec(
      text,
    )?.[1];
  if (found === undefined) return undefined;
  const names: Readonly<Record<string, RunnerName>> = {
    '@jest/globals': 'jest',
    'node:test': 'node-test',
    'blue-tape': 'tape',
    '@hapi/lab': 'lab',
  };
  if (found.startsWith('@tapjs/')) return 'tap';
  return names[found] ?? (found as RunnerName);
}

function fromScripts(home: Package, named: RunnerName | undefined): readonly Runner[] {
  const found = testCommands(home.json.scripts).flatMap((commands) =>
    commands.flatMap((command, at) => {
      const parsed = parseCommand(command, named);
      const why = `script of ${join(home.folder, 'package.json')}: ${command.words.join(' ')}`;
      return parsed === undefined ? [] : [{ ...parsed, home, before: commands.slice(0, at), why }];
    }),
  );
  return [...found.filter(({ name }) => name !== 'program'), ...found.filter(({ name }) => name === 'program')];
}

type Parsed = Omit<Runner, 'home' | 'before' | 'why'>;

/** Programs that start Jest with a configuration of their own. */
const JEST_LIKE: Readonly<Record<string, readonly string[]>> = {
  'react-scripts': ['test'],
  'react-app-rewired': ['test'],
  craco: ['test'],
  tsdx: ['test'],
  'kcd-scripts': ['test'],
  'vue-cli-service': ['test:unit'],
  'wp-scripts': ['test-unit-js'],
  'umi-test': [],
};
const TYPESCRIPT_MOCHA: readonly string[] = ['--require', 'ts-node/register'];

function parseCommand({ env, words }: Command, named: RunnerName | undefined): Parsed | undefined {
  const [first = ''] = words;
  const isNode = /^(?:node|babel-node|ts-node|tsx)$/.test(first);
  if (isNode) return parseNode({ env, words }, named);
  const name = programName(first);
  const rest = words.slice(1);
  if (JEST_LIKE[name] !== undefined && (JEST_LIKE[name].length === 0 || JEST_LIKE[name].includes(rest[0] ?? ''))) {
    const count = JEST_LIKE[name].length;
    return {
      name: 'jest',
      env,
      nodeFlags: [],
      program: [first, ...rest.slice(0, count)],
      ...splitFlags('jest', rest.slice(count)),
    };
  }
  if (name === 'ts-mocha') {
    const { flags, patterns } = splitFlags('mocha', rest);
    return { name: 'mocha', env, nodeFlags: [], program: [], flags: [...TYPESCRIPT_MOCHA, ...flags], patterns };
  }
  if (name === 'borp') return parseBorp({ env, words: rest });
  const runner = RUNNERS.find((known) => known === name);
  if (runner === undefined) return undefined;
  return { name: runner, env, nodeFlags: [], program: [], ...splitFlags(runner, rest) };
}

/** Node's own runner, under another program. */
function parseBorp({ env, words }: Command): Parsed {
  const patterns = words.filter((_, at) => /^(?:-p|--pattern)$/.test(words[at - 1] ?? ''));
  const nodeFlags = words.filter((word) => word === '--expose-gc');
  return { name: 'node-test', env, nodeFlags, program: [], flags: [], patterns };
}

/** "node_modules/.bin/_mocha" and "./node_modules/mocha/bin/mocha.js" are Mocha. */
function programName(word: string): string {
  return word
    .slice(word.lastIndexOf('/') + 1)
    .replace(/^_/, '')
    .replace(/\.[cm]?js$/, '');
}

const NODE_VALUES = new Set([
  '--require',
  '-r',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--project',
  '-P',
]);

/** "node --flags program", "node --test files", "tsx --test files" or "node test/index.js". */
function parseNode({ env, words }: Command, named: RunnerName | undefined): Parsed | undefined {
  const [first = '', ...rest] = words;
  const cut = programAt(rest);
  const nodeFlags = rest.slice(0, cut);
  const [program = '', ...args] = rest.slice(cut);
  if (rest.includes('--test')) {
    const own = nodeFlags.filter(
      (flag) => !/^--test(?:$|-reporter|-only|=)|^--watch|^--experimental-test-coverage/.test(flag),
    );
    const patterns = [program, ...args].filter((word) => word !== '' && !word.startsWith('-'));
    return { name: 'node-test', env, nodeFlags: [...loaderOf(first), ...own], program: [], flags: [], patterns };
  }
  const inner = parseCommand({ env, words: [programName(program), ...args] }, undefined);
  if (inner !== undefined) return { ...inner, nodeFlags };
  const isFile = /\.[cm]?[jt]sx?$/.test(program) && !program.startsWith('.bin');
  // A program of the project that starts the runner: "node bin/prepare.js mocha test/**/*.js".
  const started = isFile && /^[\w-]+$/.test(args[0] ?? '') ? parseCommand({ env, words: args }, named) : undefined;
  if (started !== undefined) return { ...started, nodeFlags: [...nodeFlags, ...started.nodeFlags] };
  const isTest = /test|spec/i.test(program) && !/build|lint|coverage/i.test(program);
  if (!isFile || !isTest) return undefined;
  const name = named === 'tape' || named === 'tap' || named === 'node-test' ? named : 'program';
  return { name, env, nodeFlags: [...loaderOf(first), ...nodeFlags], program: [], flags: [], patterns: [program] };
}

function programAt(words: readonly string[]): number {
  for (let at = 0; at < words.length; at++) {
    if (!words[at]?.startsWith('-')) return at;
    if (NODE_VALUES.has(words[at] ?? '')) at++;
  }
  return words.length;
}

/** What makes plain Node read what the program reads. */
function loaderOf(program: string): readonly string[] {
  if (program === 'tsx') return ['--import', 'tsx'];
  if (program === 'ts-node') return ['--require', 'ts-node/register'];
  return program === 'babel-node' ? ['--require', '@babel/register'] : [];
}

/** Options that take the next word, by runner. */
const VALUES: Readonly<Record<string, RegExp>> = {
  mocha:
    /^(?:-r|--require|-t|--timeout|-s|--slow|-u|--ui|--config|--package|--opts|--extension|--file|--ignore|--exclude|--spec|--retries|--globals?|--loader|--experimental-loader|--import|-j|--jobs|--compilers|-n|--node-option|-R|--reporter|-O|--reporter-options?|-g|--grep|-f|--fgrep)$/,
  jest: /^(?:-c|--config|--rootDir|--roots|--env|--testEnvironment|--testTimeout|--projects|--selectProjects|--setupFiles|--globals|--transform|--moduleFileExtensions|-w|--maxWorkers|--reporters|--coverageReporters|--coverageDirectory|--testPathPattern|--testPathPatterns|-t|--testNamePattern|--testRegex|--testMatch|--seed|--shard)$/,
  vitest:
    /^(?:-c|--config|-r|--root|--dir|--project|--environment|--reporter|--outputFile|--mode|-t|--testNamePattern|--pool|--testTimeout|--workspace|--maxWorkers|--minWorkers|--shard)$/,
  ava: /^(?:--config|--timeout|-T|--concurrency|-c|--match|-m|--node-arguments)$/,
  tap: /^(?:-R|--reporter|-t|--timeout|-j|--jobs|--node-arg|-r|--require|--test-arg|--coverage-map|--coverage-report|--test-env)$/,
  tape: /^(?:-r|--require|-i|--ignore)$/,
  jasmine: /^(?:--config|--filter|--helper|--require|--reporter|--seed)$/,
  lab: /^(?:-a|--assert|-m|--timeout|-M|--context-timeout|-T|--transform|-e|--environment|-I|--globals|--ignore|-t|--threshold|-r|--reporter|-o|--output|-g|--grep|-i|--id|-P|--pattern|-n|--linter|-p|--default-plan-threshold|--retries|--seed|--coverage-(?:exclude|path|pattern)|--lint-(?:errors|warnings)-threshold)$/,
};

export function splitFlags(
  runner: RunnerName,
  words: readonly string[],
): { readonly flags: readonly string[]; readonly patterns: readonly string[] } {
  const takesNext = (word: string | undefined) => word !== undefined && VALUES[runner]?.test(word) === true;
  const isFlag = (word: string, at: number) => word.startsWith('-') || takesNext(words[at - 1]);
  const flags = words.filter((word, at) => isFlag(word, at) && word !== '--');
  const patterns = words.filter((word, at) => !isFlag(word, at));
  const isVerb = runner === 'vitest' && /^(?:run|watch|dev)$/.test(patterns[0] ?? '');
  return { flags, patterns: isVerb ? patterns.slice(1) : patterns };
}

function fromDependencies(homes: readonly Package[], named: RunnerName | undefined): Runner | undefined {
  const plain = { env: [], nodeFlags: [], program: [], flags: [], patterns: [], before: [] };
  const [own] = homes;
  if (named !== undefined && own !== undefined) {
    const home = homes.find((candidate) => isInstalled(candidate, named)) ?? own;
    return { ...plain, name: named, home, why: `the tests import ${named}` };
  }
  for (const home of homes) {
    const name = RUNNERS.find((runner) => isInstalled(home, runner));
    if (name !== undefined)
      return { ...plain, name, home, why: `${join(home.folder, 'package.json')} depends on ${name}` };
  }
  return undefined;
}

function isInstalled(home: Package, runner: RunnerName): boolean {
  return (PACKAGES[runner] ?? [runner]).some((name) => dependenciesOf(home)[name] !== undefined);
}

/** Tests that call no framework are programs, whose exit code is their outcome. */
function fromPrograms(home: Package, texts: readonly (string | undefined)[]): Runner | undefined {
  const isProgram =
    texts.length > 0 && texts.every((text) => !/^\s*(?:describe|it|test|suite|context)(?:\.\w+)*\(/m.test(text ?? ''));
  if (!isProgram || !texts.some((text) => /\b(?:require|import)\b/.test(text ?? ''))) return undefined;
  const why = 'the tests name no framework: programs';
  return { name: 'program', home, env: [], nodeFlags: [], program: [], flags: [], patterns: [], before: [], why };
}

const LOADERS: readonly (readonly [string, readonly string[]])[] = [
  ['ts-node', ['--require', 'ts-node/register']],
  ['tsx', ['--import', 'tsx']],
  ['esbuild-register', ['--require', 'esbuild-register']],
  ['@swc-node/register', ['--require', '@swc-node/register']],
];

/** Mocha reads TypeScript through a loader: the one that is installed, where neither flags nor a configuration name one. */
function withLoader(project: Project, runner: Runner): Runner {
  const isTypeScript = project.tests.some((path) => /\.[cm]?tsx?$/.test(path));
  const isConfigured = project.paths.some((path) => /^\.mocharc/.test(path.slice(path.lastIndexOf('/') + 1)));
  const words = [...runner.flags, ...runner.nodeFlags].join(' ');
  if (runner.name !== 'mocha' || !isTypeScript || isConfigured || /ts-node|tsx|register|swc/.test(words)) return runner;
  const loader = LOADERS.find(([name]) => dependenciesOf(runner.home)[name] !== undefined);
  return loader === undefined ? runner : { ...runner, flags: [...loader[1], ...runner.flags] };
}

/** Mocha before version 6 reads flags out of test/mocha.opts. */
async function withOptsFile(project: Project, runner: Runner): Promise<Runner> {
  if (runner.name !== 'mocha') return runner;
  const at = runner.flags.indexOf('--opts');
  const path = at < 0 ? 'test/mocha.opts' : (runner.flags[at + 1] ?? '');
  const text = await project.read(join(runner.home.folder, path.replace(/^\.\//, '')));
  if (text === undefined) return runner;
  const { flags, patterns } = splitFlags('mocha', toWords(text.replaceAll(/^\s*#.*$/gm, '').replaceAll('\n', ' ')));
  const own = at < 0 ? runner.flags : runner.flags.filter((_, index) => index !== at && index !== at + 1);
  return { ...runner, flags: [...flags, ...own], patterns: [...patterns, ...runner.patterns] };
}
