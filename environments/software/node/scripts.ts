import { toWords } from '../shared/shell.ts';

/** A simple command of a package's scripts, without what only surrounds it. */
export interface Command {
  /** Variables that stand before it: "NODE_ENV=test". */
  readonly env: readonly string[];
  readonly words: readonly string[];
}

/** The scripts that run tests, in the order in which they are asked. */
const TEST_SCRIPTS = [
  'test',
  'test:unit',
  'unit',
  'test:node',
  'test-node',
  'test:jest',
  'jest',
  'test:mocha',
  'mocha',
  'vitest',
  'test:vitest',
  'test:ci',
  'tests',
  'tests-only',
  'test:only',
  'test:tests',
  'test:run',
];

/** The commands of each script that may run tests, with scripts that it calls in their places; `pretest` comes first. */
export function testCommands(scripts: Readonly<Record<string, string>>): readonly (readonly Command[])[] {
  const names = TEST_SCRIPTS.filter((name) => scripts[name] !== undefined);
  const others = Object.keys(scripts).filter((name) => /^test[:-]/.test(name) && !TEST_SCRIPTS.includes(name));
  return [...names, ...others].map((name) => expand(name, { scripts, seen: new Set() }));
}

interface Expansion {
  readonly scripts: Readonly<Record<string, string>>;
  readonly seen: ReadonlySet<string>;
}

function expand(name: string, { scripts, seen }: Expansion): readonly Command[] {
  if (seen.has(name) || seen.size > 8) return [];
  const inner = { scripts, seen: new Set([...seen, name]) };
  return [`pre${name}`, name].flatMap((part) =>
    simpleCommands(scripts[part] ?? '').flatMap((command) => {
      const called = calledScripts(command.words, scripts);
      return called.length === 0 ? [command] : called.flatMap((other) => expand(other, inner));
    }),
  );
}

/** Parts of a command line between "&&", ";" and the like. Scripts start in their package, as runners do: a path from there needs no variable. */
function simpleCommands(line: string): readonly Command[] {
  return splitAtOperators(line)
    .map((part) => unwrap(toWords(part.replaceAll(/\$\{?(?:INIT_CWD|PWD)\}?\//g, ''))))
    .filter(({ words }) => words.length > 0);
}

/** Operators in quotes are none. */
function splitAtOperators(line: string): readonly string[] {
  const parts = [''];
  for (const [token] of line.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|&&|\|\||[;|&]|\\.|[^"'\\;|&]+|["'\\]/g)) {
    if (/^(?:&&|\|\||[;|&])$/.test(token)) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

const WRAPPERS = new Set(['npx', 'cross-env', 'cross-env-shell', 'dotenv', 'env', 'time', 'exec', 'env-cmd', '--']);
const COVERAGE = new Set(['nyc', 'c8', 'istanbul', 'babel-istanbul', 'isparta']);

function unwrap(all: readonly string[]): Command {
  const env: string[] = [];
  let words = all;
  for (;;) {
    const [first = ''] = words;
    if (/^[A-Za-z_]\w*=/.test(first)) env.push(first);
    else if (COVERAGE.has(first)) words = afterCoverage(words);
    else if (!isWrapper(words)) return { env, words };
    words = words.slice(/^(?:yarn|pnpm|npm)$/.test(first) && words[1] === 'exec' ? 2 : 1);
  }
}

function isWrapper(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  if (WRAPPERS.has(first)) return true;
  return /^(?:yarn|pnpm|npm)$/.test(first) && second === 'exec';
}

/** Everything up to the program under coverage, so that the next word is it. */
function afterCoverage(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && RUNNER.test(word));
  return at < 0 ? words.slice(0, 1) : words.slice(at - 1);
}

const RUNNER =
  /^(?:(?:.*\/)?_?(?:mocha|jest|jasmine|lab|ava|tap|tape|vitest|ts-mocha)(?:\.js)?|node|tsx|ts-node|npm|yarn|pnpm)$/;

/** Scripts of the package that a command calls: "npm run a", "yarn a", "run-s a b", "npm-run-all a b:*". */
function calledScripts(words: readonly string[], scripts: Readonly<Record<string, string>>): readonly string[] {
  const [first = '', second = '', third = ''] = words;
  if (/^(?:run-s|run-p|npm-run-all2?)$/.test(first)) {
    return words
      .slice(1)
      .filter((word) => !word.startsWith('-'))
      .flatMap((pattern) => matching(pattern, scripts));
  }
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(first)) return [];
  if (/^(?:run|run-script)$/.test(second))
    return words
      .slice(2)
      .filter((word) => scripts[word] !== undefined)
      .slice(0, 1);
  if (/^(?:test|t|tst)$/.test(second)) return scripts.test === undefined ? [] : ['test'];
  if (second === '-s' || second === '--silent') return [third].filter((word) => scripts[word] !== undefined);
  return scripts[second] === undefined ? [] : [second];
}

function matching(pattern: string, scripts: Readonly<Record<string, string>>): readonly string[] {
  if (!pattern.includes('*')) return scripts[pattern] === undefined ? [] : [pattern];
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*');
  return Object.keys(scripts).filter((name) => new RegExp(`^${source}$`).test(name));
}
