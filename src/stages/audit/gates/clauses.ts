import type { Constraint, Op } from '../../../domain/constraint.ts';
import { directionsOf, namesOf, numbersOf } from '../figures.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Words that say each direction of a bound; a clause with a bound has one of them. Written apart from the renderer on purpose. */
const DIRECTIONS: Readonly<Partial<Record<Op, RegExp>>> = {
  '<': /\b(less|fewer|below|under|before|earlier|shorter|cheaper|lower)\b/,
  '<=': /\b(no|not|never|nobody|none|neither)\b.*\b(more|over|above|after|later|longer|beyond|higher|exceed)\b|\b(at most|or less|or fewer|up to|at the latest|within|exceed|maximum)\b/,
  '>=': /\b(no|not|never|nobody|none|neither)\b.*\b(less|fewer|below|under|before|earlier|shorter|lower)\b|\b(at least|or more|or better|or higher|or later|at the earliest|minimum)\b/,
  '>': /\b(more|above|over|after|later|longer|higher|greater)\b/,
};

const NEGATED =
  /\b(no|not|nor) (more|less|fewer|below|above|under|over|before|after|earlier|later|shorter|longer|lower|higher)\b/g;

/** Every check is in the prompt and every clause of the prompt is a check; each clause says its numbers, names and direction; tiers cover their domain. */
export const clauses: Gate = {
  name: 'clauses',
  version: '1',
  ask(subject) {
    const { task, rules } = subject;
    const lines = task.prompt
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.slice(2));
    const said = new Set(task.checks.map((check) => check.says));
    const unchecked = lines.find((line) => !said.has(line));
    if (unchecked !== undefined) return fails(`the prompt demands what no check checks: ${unchecked}`);
    const unsaid = task.checks.find((check) => !lines.includes(check.says));
    if (unsaid) return fails(`the check ${unsaid.id} is not in the prompt`);
    for (const { check, constraint } of rules) {
      const wrong = mistold(subject, check.says, constraint) ?? uncovered(subject, constraint);
      if (wrong !== null) return fails(`the clause of ${check.id} ${wrong}: ${check.says}`);
    }
    return holds(`${lines.length} clauses and ${task.checks.length} checks say the same`);
  },
};

/** What a clause leaves out of its constraint, or null. */
function mistold({ task, model }: Subject, clause: string, node: Constraint): string | null {
  const text = clause.toLowerCase();
  const number = numbersOf(node, model).find((value) => !spellings(value).some((spelling) => hasWord(text, spelling)));
  if (number !== undefined) return `does not say ${number}`;
  const name = namesOf(node).find((value) => task.literals.includes(value) && !clause.includes(value));
  if (name !== undefined) return `does not say ${name}`;
  // "No more than" has the word "more" in it and means the opposite.
  const strict = text.replace(NEGATED, '');
  const op = directionsOf(node).find(
    (one) => DIRECTIONS[one] && !DIRECTIONS[one].test(one.endsWith('=') ? text : strict),
  );
  return op === undefined ? null : `does not say ${op}`;
}

/** Whether a word or number stands in a text by itself, and not as a part of a longer one. */
const hasWord = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\d.:])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\d:]|\\.\\d)`).test(text);

const WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The ways in which an integer of minor units may stand in a text: as it is, with one or two decimals, as a time of day, in words. */
function spellings(value: number): string[] {
  const size = Math.abs(value);
  const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  const word = WORDS[size];
  return [String(size), (size / 10).toFixed(1), (size / 100).toFixed(2), clock, ...(word ? [word] : [])];
}

/** Whether half-open tiers leave a gap, overlap, or miss a value that the world has. */
function uncovered({ model }: Subject, node: Constraint): string | null {
  if (node.kind !== 'tier') return null;
  const codes = model.codes(model.slot(node.on.part, node.on.key, node.on.field), node.on.attr);
  const gap = node.tiers.findIndex((one, i) => i > 0 && node.tiers[i - 1]?.until !== one.from);
  if (gap > 0) return `has tiers that do not meet at ${node.tiers[gap]?.from}`;
  const [first, last] = [node.tiers[0], node.tiers.at(-1)];
  const outside = codes.find((code) => code < (first?.from ?? 0) || (last?.until != null && code >= last.until));
  return outside === undefined ? null : `has no tier for ${outside}`;
}
