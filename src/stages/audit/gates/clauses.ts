import type { Condition, Constraint, Node, Op } from '../../../domain/constraint.ts';
import { type Model, SKIP } from '../../../engine/search/model.ts';
import { expandPick } from '../../../engine/search/picks.ts';
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

const hasWord = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\d.:])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\d:]|\\.\\d)`).test(text);
const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** The ways in which an integer of minor units may stand in a text: as it is, with one or two decimals, as a time of day, in words. */
function spellings(value: number): string[] {
  const size = Math.abs(value);
  const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  const word = WORDS[size];
  return [String(size), (size / 10).toFixed(1), (size / 100).toFixed(2), clock, ...(word ? [word] : [])];
}

function numbersOf(node: Constraint, model: Model): number[] {
  switch (node.kind) {
    case 'aggregate':
    case 'distinct':
    case 'group-limit':
      return isExistence(node) ? [] : [node.bound];
    case 'relate':
      return node.offset === 0 ? [] : [node.offset];
    case 'precedence':
      return node.lag === 0 ? [] : [node.lag];
    case 'cumulative':
      return [node.capacity];
    case 'window':
      return windowNumbers(node, model);
    case 'balance':
      return [node.spread];
    case 'spacing':
      return [node.gap];
    case 'running':
      return [node.high];
    case 'each':
      return conditionNumbers(node.condition);
    case 'whenever':
      return [...conditionNumbers(node.when.condition), ...conditionNumbers(node.then.condition)];
    case 'implies':
      return [...node.when.flatMap((one) => conditionNumbers(one.condition)), ...numbersOf(node.then, model)];
    case 'tier':
      return node.tiers.flatMap(({ until, then }) => [
        ...(until === null ? [] : [until]),
        ...then.flatMap((one) => numbersOf(one, model)),
      ]);
    default:
      return [];
  }
}

/** "Bath has to be part of the trip" says "at least 1" without a number. */
const isExistence = ({ op, bound }: { op: Op; bound: number }): boolean => op === '>=' && bound === 1;

/** Flags (is it indoors: 0 or 1) are said in words; of a run of numbers the first and the last are enough. */
function conditionNumbers({ values }: Condition): number[] {
  const numbers = values.filter((value) => typeof value === 'number');
  const isRun = numbers.length > 2 && numbers.every((value, i) => i === 0 || value === (numbers[i - 1] as number) + 1);
  return isRun
    ? [numbers[0] as number, numbers.at(-1) as number]
    : numbers.filter((value) => value !== 0 && value !== 1);
}

/** An end of a window that no candidate lies beyond need not be said. */
function windowNumbers({ terms, from, until }: Node<'window'>, model: Model): number[] {
  const codes = terms.flatMap((pick) => expandPick(model, pick)).flatMap((term) => [...term.codes]);
  return [
    ...(codes.some((code) => code !== SKIP && code < from) ? [from] : []),
    ...(codes.some((code) => code >= until) ? [until] : []),
  ];
}

function namesOf(node: Constraint): string[] {
  switch (node.kind) {
    case 'each':
      return node.condition.values.filter((value) => typeof value === 'string');
    case 'pairs':
      return (node.list ?? []).flat().filter((value) => typeof value === 'string');
    case 'whenever':
      return [...node.when.condition.values, ...node.then.condition.values].filter(
        (value) => typeof value === 'string',
      );
    case 'implies':
      return [
        ...node.when.flatMap((one) => one.condition.values.filter((value) => typeof value === 'string')),
        ...namesOf(node.then),
      ];
    case 'tier':
      return node.tiers.flatMap(({ then }) => then.flatMap(namesOf));
    default:
      return [];
  }
}

function directionsOf(node: Constraint): Op[] {
  switch (node.kind) {
    case 'aggregate':
    case 'distinct':
    case 'group-limit':
      return isExistence(node) ? [] : [node.op];
    case 'implies':
      return directionsOf(node.then);
    case 'tier':
      return node.tiers.flatMap(({ then }) => then.flatMap(directionsOf));
    default:
      return [];
  }
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
