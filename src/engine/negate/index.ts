import { type FilePatch, type Hunk, type PatchLine, printPatch } from '../patch/patch.ts';
import { contradictLine, contradictOutput } from './contradict.ts';
import { negateLine } from './rules.ts';

/** A file of tests as it is with the test patch. */
export interface TestText {
  readonly path: string;
  readonly text: string;
  /** Numbers of the lines that the test patch adds, from 1 on. */
  readonly added: ReadonlySet<number>;
  /** Whether it has the output that a program is compared with. */
  readonly isExpected: boolean;
}

const CONTEXT = 3;

/** Another line in the place of one that asserts something; undefined for all others. */
type Negate = (line: string, below: string, test: TestText) => string | undefined;

const contradict: Negate = (line, below, { path, isExpected }) =>
  isExpected ? contradictOutput(line) : contradictLine(line, below, path);
const contradictOrNegate: Negate = (line, below, test) =>
  contradict(line, below, test) ?? negateLine(line, below, test);

/**
 * Patches that make tests fail which pass for a good reason, the best first. An answer can know neither lines that the test patch adds, nor whether the value
 * in them is the one that was written there; it may suspect an opposite, and a line of the base commit that has changed. None where no assertion is known.
 */
export function negateTests(tests: readonly TestText[]): string[] {
  const isAdded = (at: number, { added }: TestText) => added.has(at + 1);
  const patches = [
    negateFiles(tests, contradict, isAdded),
    negateFiles(tests, contradictOrNegate, isAdded),
    negateFiles(tests, contradictOrNegate, () => true),
  ];
  return [...new Set(patches)].filter((patch) => patch !== '');
}

type IsTaken = (at: number, test: TestText) => boolean;

function negateFiles(tests: readonly TestText[], negate: Negate, isTaken: IsTaken): string {
  return printPatch(tests.flatMap((test) => negateFile(test, negate, isTaken) ?? []));
}

function negateFile(test: TestText, negate: Negate, isTaken: IsTaken): FilePatch | undefined {
  const { path, text } = test;
  const lines = text.split('\n');
  const negated = lines.map((line, at) => (isTaken(at, test) ? negate(line, lines[at + 1] ?? '', test) : undefined));
  const taken = new Set(negated.flatMap((line, at) => (line === undefined ? [] : [at])));
  // Git would quote other names.
  if (taken.size === 0 || !/^[\w./@+-]+$/.test(path)) return undefined;
  const isEnded = lines.at(-1) === '';
  const count = isEnded ? lines.length - 1 : lines.length;
  const toLine = (sign: PatchLine['sign'], text: string, at: number): PatchLine => ({
    ...{ sign, text },
    isUnended: !isEnded && at === count - 1,
  });
  const hunks = groupsOf([...taken], count).map(({ from, to }): Hunk => {
    const body = lines.slice(from, to).flatMap((line, offset) => {
      const at = from + offset;
      return taken.has(at) ? [toLine('-', line, at), toLine('+', negated[at] ?? '', at)] : [toLine(' ', line, at)];
    });
    return { oldStart: from + 1, newStart: from + 1, section: '', lines: body };
  });
  const header = [`diff --git a/${path} b/${path}`, `--- a/${path}`, `+++ b/${path}`];
  return { path, oldPath: path, change: 'modified', isSubmodule: false, header, binary: undefined, hunks };
}

/** Ranges of lines, with the lines around each, that do not touch each other; `to` is the first one behind. */
function groupsOf(changed: readonly number[], count: number): { from: number; to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (const at of changed) {
    const [from, to] = [Math.max(0, at - CONTEXT), Math.min(count, at + CONTEXT + 1)];
    const last = groups.at(-1);
    if (last && from <= last.to) last.to = to;
    else groups.push({ from, to });
  }
  return groups;
}

/** The lines that a patch adds to a file, by their numbers in the file after it. */
export function addedLines({ hunks }: Pick<FilePatch, 'hunks'>): Set<number> {
  const added = new Set<number>();
  for (const { newStart, lines } of hunks) {
    let at = newStart;
    for (const { sign } of lines) {
      if (sign === '+') added.add(at);
      if (sign !== '-') at++;
    }
  }
  return added;
}

/** The same edits in another text of the file, which may have lines before and behind: every line that the patch takes away, for the one it puts there. */
export function negateAlike(text: string, file: Pick<FilePatch, 'hunks'>): string {
  const edits = new Map<string, string>();
  for (const { lines } of file.hunks) {
    lines.forEach(({ sign, text: line }, at) => {
      if (sign === '-') edits.set(line, lines[at + 1]?.text ?? line);
    });
  }
  return text
    .split('\n')
    .map((line) => edits.get(line) ?? line)
    .join('\n');
}
