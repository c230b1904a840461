import { contentHash } from '../../util/canonical-json.ts';
import { createRng } from '../../util/rng.ts';
import { type FilePatch, type Hunk, type PatchLine, printPatch } from '../patch/patch.ts';
import type { PatchedText } from '../patch/patched-text.ts';
import { contradict, contradictNamed, contradictOutput, type Edit, type Place } from './contradict.ts';
import { negateLine } from './rules.ts';
import type { Choice } from './value.ts';

/** A file of tests as it is with the test patch. */
export interface TestText extends PatchedText {
  /** Whether it has the output that a program is compared with. */
  readonly isExpected: boolean;
}

const CONTEXT = 3;

/** What to change in the assertion that begins at a line, the best first. */
type Negate = (place: Place, choice: Choice, test: TestText) => readonly Edit[];

const contradictValue: Negate = (place, choice, { isExpected }) =>
  isExpected ? contradictOutput(place, choice) : contradict(place, choice);
const contradictAny: Negate = (place, choice, test) => [
  ...contradictValue(place, choice, test),
  ...contradictNamed(place, choice),
];
const contradictOrNegate: Negate = (place, choice, test) => {
  const { lines, at } = place;
  const line = negateLine(lines[at] ?? '', lines[at + 1] ?? '', test);
  return [...contradictValue(place, choice, test), ...(line === undefined ? [] : [{ at, line }])];
};

/**
 * Patches that make tests fail which pass for a good reason, the best first. An answer can know neither lines that the test patch adds, nor whether the value
 * in them is the one that was written there; it may suspect an opposite, and a line of the base commit that has changed. None where no assertion is known.
 */
export function negateTests(tests: readonly TestText[]): string[] {
  const isAdded = (at: number, { added }: TestText) => added.has(at + 1);
  const patches = [
    negateFiles(tests, contradictValue, isAdded),
    negateFiles(tests, contradictAny, isAdded),
    negateFiles(tests, contradictOrNegate, isAdded),
    negateFiles(tests, contradictOrNegate, () => true),
    // An assertion before all tests, said the other way round, keeps them from running: values alone may be within them.
    negateFiles(tests, contradictValue, () => true),
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
  const negated = new Map<number, string>();
  // Who does not know the text of before cannot tell which value it had.
  const seed = contentHash(text);
  lines.forEach((_, at) => {
    const edit = negate({ path, lines, at }, createRng(`${seed}/${at}`), test).find((one) => isTaken(one.at, test));
    if (edit && !negated.has(edit.at)) negated.set(edit.at, edit.line);
  });
  // Git would quote other names.
  if (negated.size === 0 || !/^[\w./@+-]+$/.test(path)) return undefined;
  const isEnded = lines.at(-1) === '';
  const count = isEnded ? lines.length - 1 : lines.length;
  const toLine = (sign: PatchLine['sign'], text: string, at: number): PatchLine => ({
    ...{ sign, text },
    isUnended: !isEnded && at === count - 1,
  });
  const hunks = groupsOf(
    [...negated.keys()].sort((one, other) => one - other),
    count,
  ).map(({ from, to }): Hunk => {
    const body = lines.slice(from, to).flatMap((line, offset) => {
      const at = from + offset;
      const other = negated.get(at);
      return other === undefined ? [toLine(' ', line, at)] : [toLine('-', line, at), toLine('+', other, at)];
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
