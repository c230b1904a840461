import type { Project } from '../../../src/testbed/stack.ts';
import type { CiFile } from '../shared/ci.ts';
import { isSetting } from '../shared/ci-steps.ts';
import { join } from '../shared/paths.ts';
import { toWords } from '../shared/shell.ts';
import { linesOf, parseIni } from './ini.ts';
import { OTHERS } from './tox.ts';

type Variables = Readonly<Record<string, string>>;

interface Needs {
  readonly folder: string;
  readonly ci: readonly CiFile[];
  /** Texts of what decides how tests are run: changed tests, conftest.py files, settings. */
  readonly readers: readonly string[];
}

const READ = /(?:\benviron(?:\.get)?|\bgetenv|\benv(?:\.\w+)?|\bconfig)\s*[[(]\s*["']([A-Za-z_]\w*)["']/g;
const RUNS_TESTS =
  /(?:^|[\s/])(?:pytest|py\.test|tox|nox|nosetests|unittest|runtests(?:\.py)?|hatch|make\s+\S*test\S*|(?:django|django-admin|manage\.py)\s+test|setup\.py\s+test)(?:\s|$)/;

/**
 * Variables that CI, tox or make set where they run the tests, the last of these first; of them only those that the project's own configuration
 * of its tests reads, so that nothing else hears of them.
 */
export async function testVariables(project: Project, { folder, ci, readers }: Needs): Promise<Variables> {
  const names = new Set(readers.flatMap((text) => [...text.matchAll(READ)].map(([, name = '']) => name)));
  if (names.size === 0) return {};
  const [tox = '', make = ''] = await Promise.all(
    ['tox.ini', 'Makefile'].map((name) => project.read(join(folder, name))),
  );
  const commands = [ci.flatMap((file) => file.commands), toxCommands(tox), linesOfMake(make)];
  const known = (variables: Variables) =>
    Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name) && isSetting(name)));
  const each = [ofSteps(ci), [ofTox(tox)], ...commands.map((lines) => lines.filter(isOfTests).map(inFront))];
  return Object.assign({}, ...each.map((all) => fewest(all.map(known))));
}

/** Those of steps that run tests, in jobs without services: what is told of a service is nowhere here. */
function ofSteps(ci: readonly CiFile[]): readonly Variables[] {
  const steps = ci.flatMap((file) => file.steps).filter(({ run, isServed }) => !isServed && isOfTests(run));
  return steps.map(({ env }) => env);
}

/** "tox -e docs,style": environments of tox and nox that check something else. */
function isOtherEnvironment(run: string): boolean {
  const named = /\b(?:tox|nox)\b.*?\s-{1,2}(?:e|s|env|sessions?)[\s=]*(\S+)/.exec(run)?.[1];
  return named?.split(',').every((name) => OTHERS.test(name)) === true;
}

/** What tests need is set for all of them; more is set for a variant. */
function fewest(all: readonly Variables[]): Variables {
  return [...all].sort((a, b) => Object.keys(a).length - Object.keys(b).length)[0] ?? {};
}

/** What tox sets in every environment, written out: "NAME = value" without a factor in front. */
function ofTox(text: string): Variables {
  const section = parseIni(text).get('testenv');
  const lines = [...linesOf(section?.get('setenv')), ...linesOf(section?.get('set_env'))];
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
      return name === undefined || /[{}]/.test(value) ? [] : [[name, value] as const];
    }),
  );
}

function toxCommands(text: string): readonly string[] {
  return linesOf(parseIni(text).get('testenv')?.get('commands')).map((line) => line.replace(/^-\s*/, ''));
}

function linesOfMake(text: string): readonly string[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ').split('\n');
  return joined.filter((line) => line.startsWith('\t')).map((line) => line.replace(/^\t[@+-]*\s*/, ''));
}

/** Whether any line runs tests, and does not only install what would. */
function isOfTests(script: string): boolean {
  const lines = script.split('\n').filter((line) => !/\binstall\b/.test(line));
  return lines.some((line) => RUNS_TESTS.test(line) && !isOtherEnvironment(line));
}

/** "DB=sqlite python -m pytest" → DB; a value that something else decides is left out. */
function inFront(command: string): Variables {
  const words = toWords(command.replace(/^env\s+/, ''));
  const end = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const pairs = words.slice(0, Math.max(end, 0)).map((word) => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs.filter(([, value]) => !/[$`{]/.test(value)));
}
