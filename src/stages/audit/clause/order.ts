import type { AnswerShape, Key } from '../../../domain/answer.ts';
import type { Constraint } from '../../../domain/constraint.ts';
import { toKey } from './names.ts';

/** One thing and another that comes after it. */
interface Order {
  readonly first: string;
  readonly second: string;
}

/** "A is held before B" of a constraint that has B come first, in words; or null. What stands between the two may not be long, lest it speak of something else. */
export function misordered(clause: string, node: Constraint, shape: AnswerShape): string | null {
  const orders = ordersOf(node, shape);
  for (const { first, second } of orders) {
    if (isSaid(clause, [first, 'after', second])) return `says that ${first} comes after ${second}`;
    if (isSaid(clause, [second, 'before', first])) return `says that ${second} comes before ${first}`;
  }
  return null;
}

function isSaid(clause: string, [left, word, right]: readonly [string, 'before' | 'after', string]): boolean {
  return new RegExp(`${toKey(left)}[^.;:]{0,40}?\\b${word}\\b[^.;:]{0,20}?${toKey(right)}`, 'u').test(clause);
}

/** Of a comparison of two rows: the one whose term is larger is the later one. */
function ordersOf(node: Constraint, shape: AnswerShape): Order[] {
  if (node.kind === 'precedence') {
    const name = namer(shape, node.intervals.part);
    return node.pairs.map(([first, second]) => ({ first: name(first), second: name(second) }));
  }
  if (node.kind !== 'relate' || node.op === '=' || node.op === '<>') return [];
  const [left, right] = [namer(shape, node.left.part), namer(shape, node.right.part)];
  // "At most 6 slots after": with a distance it is the distance that tells.
  const isLater = node.offset === 0 ? node.op.startsWith('>') : node.offset > 0;
  return node.pairs
    .filter(([one, other]) => one !== other)
    .map(([one, other]) =>
      isLater ? { first: right(other), second: left(one) } : { first: left(one), second: right(other) },
    );
}

/** "Leg 4", because a number by itself may be one of something else. */
function namer({ parts }: AnswerShape, part: string): (key: Key) => string {
  const field = parts.find(({ name }) => name === part)?.key.field ?? part;
  return (key) => (typeof key === 'number' ? `${field} ${key}` : key);
}
