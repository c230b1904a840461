import type { Constraint } from '../../domain/constraint.ts';
import type { Infeasible } from '../../domain/proof.ts';
import { tighten } from '../../engine/constraints/tighten.ts';
import { bind } from '../../engine/search/bind.ts';
import { createGround, searchFrom } from '../../engine/search/solver.ts';
import type { BoundRule, Subject } from './subject.ts';

/** Rules whose bound is moved, nodes for each proof, and how often a bound is moved by twice as much as before. */
const RULES = 3;
const NODES = 250;
const MOVES = 5;
const FIRST_SHARE = 0.02;

/** Bounds moved until the solver proves that nothing satisfies the task any more: how near the task is to infeasible. */
export function proveInfeasible(subject: Subject): Infeasible[] {
  const found: Infeasible[] = [];
  for (const rule of subject.rules) {
    if (found.length === RULES) break;
    const proof = proveBeyond(rule, subject);
    if (proof) found.push(proof);
  }
  return found;
}

/** Moves one rule's bound until nothing is found any more; null where the bound does not move, or it is not known whether there is something. */
function proveBeyond({ check, constraint }: BoundRule, { rules, model }: Subject): Infeasible | null {
  const others = rules.filter((other) => other.check !== check).map((other) => other.bound);
  const ground = createGround(model, others);
  let node = constraint;
  for (let move = 0, share = FIRST_SHARE; move < MOVES; move++, share *= 2) {
    const tighter = tighten(node, share);
    if (!tighter) return null;
    node = tighter;
    const [bound, infeasibleAt] = [boundOf(constraint), boundOf(node)];
    if (bound === null || infeasibleAt === null) return null;
    const options = { seed: 1, nodeLimit: NODES, solutions: 1 };
    const { solutions, complete, nodes } = searchFrom(ground, [bind(model, node)], options);
    if (solutions.length === 0) return complete ? { check: check.id, bound, infeasibleAt, nodes } : null;
  }
  return null;
}

function boundOf(node: Constraint): number | null {
  return node.kind === 'aggregate' || node.kind === 'distinct' || node.kind === 'group-limit' ? node.bound : null;
}
