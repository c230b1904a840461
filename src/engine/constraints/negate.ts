import type { Constraint, Op } from '../../domain/constraint.ts';

const OPPOSITE: Readonly<Record<Op, Op>> = { '<': '>=', '<=': '>', '=': '<>', '<>': '=', '>=': '<', '>': '<=' };

/** The node that holds exactly where `node` does not, for the kinds that have one; null for the others. */
export function negate(node: Constraint): Constraint | null {
  switch (node.kind) {
    case 'aggregate':
      return node.per || !['sum', 'count'].includes(node.fn) ? null : { ...node, op: OPPOSITE[node.op] };
    case 'distinct':
      return node.per ? null : { ...node, op: OPPOSITE[node.op] };
    case 'relate':
      return node.pairs.length > 1 ? null : { ...node, op: OPPOSITE[node.op] };
    default:
      return null;
  }
}
