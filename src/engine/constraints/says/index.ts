import type { Basic, Condition, Constraint, Node, Op } from '../../../domain/constraint.ts';
import type { Unit } from '../../../domain/world.ts';
import { capitalised } from '../../../util/texts.ts';
import { either, formatValue, limit } from './format.ts';
import type { Wording } from './wording.ts';

/** Sentences of each kind, where the wording brings none of its own. */
const TEMPLATES: Readonly<Record<Constraint['kind'], readonly string[]>> = {
  'all-different': ['{subject} must all be different', 'no two of {subject} may be the same'],
  relate: ['{subject} must be {relation} {object}'],
  aggregate: ['{subject} must be {limit}', 'see to it that {subject} is {limit}'],
  distinct: ['there must be {limit} different {subject}'],
  'group-limit': ['for any one {group}, {subject} must be {limit}'],
  precedence: ['{subject}, with {lag} in between at least'],
  'no-overlap': ['{subject} must not overlap'],
  cumulative: ['at no moment may {subject} exceed {bound}'],
  each: ['{subject} must be {condition}'],
  window: ['{subject} must not be earlier than {from} and must be earlier than {until}'],
  pairs: ['{subject}'],
  balance: ['{subject} may differ by {spread} at most between any two {group}'],
  spacing: ['{subject} must be at least {gap} apart'],
  running: ['after each {group}, {subject} so far must be at least {low} and at most {high}'],
  implies: ['if {when}, then {then}', '{then}, provided that {when}'],
  whenever: ['whenever {when}, {then}', '{then} whenever {when}'],
  tier: ['{tiers}'],
};

/** Sentences of a balance whose spread is 0. */
const EVEN: readonly string[] = ['{subject} must be equal for any two {group}'];

/** The clause of a constraint for the prompt; `variant` chooses wording, never content. */
export function toClause(node: Constraint, wording: Wording, variant: number): string {
  return `${capitalised(sentence(node, wording, variant))}.`;
}

function sentence(node: Constraint, wording: Wording, variant: number): string {
  const templates = templatesOf(node, wording);
  const template = templates[variant % templates.length] as string;
  const words: Record<string, string> = {
    subject: wording.subject,
    ...wording.parts,
    ...values(node, wording, variant),
  };
  // Parts may hold placeholders themselves, so a second pass fills them.
  return fill(fill(template, words), words);
}

/** Nobody says "differ by 0 at most": without a spread a balance has sentences of its own. */
function templatesOf(node: Constraint, wording: Wording): readonly string[] {
  if (node.kind === 'balance' && node.spread === 0) return wording.even ?? EVEN;
  return wording.templates ?? TEMPLATES[node.kind];
}

function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined) throw new RangeError(`the wording "${template}" has no value for {${name}}`);
    return word;
  });
}

function values(node: Constraint, wording: Wording, variant: number): Record<string, string> {
  switch (node.kind) {
    case 'implies':
      return { then: sentence(node.then, nested(wording, 0), variant) };
    case 'whenever':
      return {
        whenCondition: conditionText(node.when.condition, wording.unit, variant),
        thenCondition: conditionText(node.then.condition, wording.unit, variant),
      };
    case 'tier':
      return { tiers: tierText(node, wording, variant) };
    default:
      return basicValues(node, wording.unit, variant);
  }
}

function basicValues(node: Basic, unit: Unit, variant: number): Record<string, string> {
  switch (node.kind) {
    case 'relate':
      return { relation: relation(node, unit, variant), offset: formatValue(Math.abs(node.offset), unit) };
    case 'aggregate':
    case 'distinct':
    case 'group-limit':
      return { limit: isNone(node) ? '0' : limit(node, unit, variant), bound: formatValue(node.bound, unit) };
    case 'precedence':
      return { lag: formatValue(node.lag, unit) };
    case 'cumulative':
      return { bound: formatValue(node.capacity, unit) };
    case 'each':
      return { condition: conditionText(node.condition, unit, variant) };
    case 'window':
      return { from: formatValue(node.from, unit), until: formatValue(node.until, unit) };
    case 'pairs':
      return {
        list: either((node.list ?? []).map(([a, b]) => `${formatValue(a, unit)} with ${formatValue(b, unit)}`)),
      };
    case 'balance':
      return { spread: formatValue(node.spread, unit) };
    case 'spacing':
      return { gap: formatValue(node.gap, unit) };
    case 'running':
      return { low: formatValue(node.low, unit), high: formatValue(node.high, unit) };
    default:
      return {};
  }
}

/** Whether at most nothing is counted: a number cannot be less than 0, so "must be 0" says it. */
const isNone = (node: Node<'aggregate' | 'distinct' | 'group-limit'>): boolean =>
  node.op === '<=' &&
  node.bound === 0 &&
  (node.kind === 'distinct' || (node.kind === 'aggregate' && node.fn === 'count'));

function relation({ op, offset }: Node<'relate'>, unit: Unit, variant: number): string {
  if (offset === 0)
    return {
      '=': 'the same as',
      '<>': 'different from',
      '<': 'less than',
      '<=': 'at most',
      '>': 'more than',
      '>=': 'at least',
    }[op];
  if (offset > 0) return `${limit({ op, bound: offset }, unit, variant)} more than`;
  // left <= right - 30 is "at least 30 less than": on the other side of zero the direction turns round.
  const turned: Record<Op, Op> = { '<': '>', '<=': '>=', '=': '=', '<>': '<>', '>=': '<=', '>': '<' };
  return `${limit({ op: turned[op], bound: -offset }, unit, variant)} less than`;
}

function conditionText({ op, values: literals }: Condition, unit: Unit, variant: number): string {
  const texts = literals.map((literal) => formatValue(literal, unit));
  if (op === 'in' || (op === '=' && typeof literals[0] === 'string')) return either(texts);
  if (op === 'not in') return texts.length === 1 ? `not ${texts[0]}` : `neither ${either(texts, 'nor')}`;
  if (op === '<>' && typeof literals[0] === 'string') return `not ${texts[0]}`;
  return limit({ op, bound: literals[0] as number }, unit, variant);
}

function nested(wording: Wording, index: number): Wording {
  const words = wording.nested?.[index];
  if (!words) throw new RangeError(`the wording of "${wording.subject}" has no nested words number ${index}`);
  return words;
}

type Range = Pick<Node<'tier'>['tiers'][number], 'from' | 'until'>;

/** Every branch in full, with half-open bounds said on both sides. */
function tierText(node: Node<'tier'>, wording: Wording, variant: number): string {
  let index = 0;
  const branches = node.tiers.map(({ then, ...range }, i) => {
    const sentences = then.map((one) => sentence(one, nested(wording, index++), variant));
    return `${interval(range, i === 0, wording)}, ${either(sentences, 'and')}`;
  });
  return branches.join('; ');
}

function interval({ from, until }: Range, isFirst: boolean, { subject, unit }: Wording): string {
  const lower = `at least ${formatValue(from, unit)}`;
  if (until === null) return `if ${subject} is ${lower}`;
  const upper = `less than ${formatValue(until, unit)}`;
  return isFirst ? `if ${subject} is ${upper}` : `if ${subject} is ${lower} but ${upper}`;
}
