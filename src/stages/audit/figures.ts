import type { Condition, Constraint, Node, Op } from '../../domain/constraint.ts';
import { type Model, SKIP } from '../../engine/search/model.ts';
import { expandPick } from '../../engine/search/picks.ts';

/** The numbers that a clause has to say, as the constraint has them. */
export function numbersOf(node: Constraint, model: Model): number[] {
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

/** The texts that a constraint compares with. */
export function namesOf(node: Constraint): string[] {
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

/** The operators of its bounds. */
export function directionsOf(node: Constraint): Op[] {
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
