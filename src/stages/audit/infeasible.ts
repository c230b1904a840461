import type { Constraint } from '../../domain/constraint.ts';
import type { Infeasible } from '../../domain/proof.ts';
import { tighten } from '../../engine/constraints/tighten.ts';
import { bind } from '../../engine/search/bind.ts';
import { search } from '../../engine/search/solver.ts';
import type { Subject } from './subject.ts';

/** Rules whose bound is moved, nodes for each proof, and how often a bound is moved by twice as much as before. */
const RULES = 3;
const NODES = 250;
const MOVES = 5;
const FIRST_SHARE = 0.02;

/** Bounds moved until the solver proves that nothing satisfies the task any more: how near the task is to infeasible. */
export function proveInfeasible({ rules, model }: Subject): Infeasible[] {
  const found: Infeasible[] = [];
  for (const rule of rules) {
    if (found.length === RULES) break;
    const others = rules.filter((other) => other !== rule).map((other) => other.bound);
    let node: Constraint | null = rule.constraint;
    for (let move = 0, share = FIRST_SHARE; node && move < MOVES; move++, share *= 2) {
      node = tighten(node, share);
      if (!node || boundOf(node) === null) break;
      const { solutions, complete, nodes } = search(model, [...others, bind(model, node)], {
        seed: 1,
        nodeLimit: NODES,
        solutions: 1,
      });
      if (solutions.length > 0) continue;
      if (complete)
        found.push({
          check: rule.check.id,
          bound: boundOf(rule.constraint) as number,
          infeasibleAt: boundOf(node) as number,
          nodes,
        });
      break;
    }
  }
  return found;
}

function boundOf(node: Constraint): number | null {
  return node.kind === 'aggregate' || node.kind === 'distinct' || node.kind === 'group-limit' ? node.bound : null;
}
