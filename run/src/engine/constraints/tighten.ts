import type { Constraint, Op } from '../../domain/constraint.ts';

/**
 * The node with its bound moved towards fewer solutions by about `share` of its size, at least by one unit; null where the kind has no
 * bound to move or it cannot move further.
 */
export function tighten(node: Constraint, share: number): Constraint | null {
  switch (node.kind) {
    case 'aggregate':
    case 'distinct':
    case 'group-limit':
      return canMove(node.op) ? { ...node, bound: inwards(node.bound, node.op, share) } : null;
    case 'relate':
      return canMove(node.op) && node.offset !== 0 ? { ...node, offset: inwards(node.offset, node.op, share) } : null;
    case 'cumulative':
      return node.capacity > 1 ? { ...node, capacity: node.capacity - step(node.capacity, share) } : null;
    case 'balance':
      return node.spread > 0 ? { ...node, spread: node.spread - 1 } : null;
    case 'spacing':
      return { ...node, gap: node.gap + step(node.gap, share) };
    case 'precedence':
      return { ...node, lag: node.lag + 1 };
    case 'running':
      return { ...node, high: node.high - step(node.high, share) };
    case 'window':
      return node.until - 1 > node.from ? { ...node, until: node.until - step(node.until - node.from, share) } : null;
    default:
      return null;
  }
}

const canMove = (op: Op): boolean => op !== '=' && op !== '<>';

/** An upper bound moves down, a lower one up. */
function inwards(bound: number, op: Op, share: number): number {
  const isUpper = op === '<' || op === '<=';
  return bound + (isUpper ? -1 : 1) * step(bound, share);
}

/** A step of `share` of the bound, rounded down to a round number where the bound is large. */
function step(bound: number, share: number): number {
  const raw = Math.max(1, Math.round(Math.abs(bound) * share));
  const grain = raw >= 1000 ? 100 : raw >= 100 ? 10 : 1;
  return Math.max(1, Math.floor(raw / grain) * grain);
}
