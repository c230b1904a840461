import type { Constraint, Node, Pick } from '../../../../src/domain/constraint.ts';
import type { Level } from '../../../../src/domain/task.ts';
import type { Unit } from '../../../../src/domain/world.ts';
import type { PaletteEntry, ProposeContext, Rule } from '../../../../src/stages/synthesize/pack.ts';
import { loosen } from './bound.ts';
import { termsOf } from './witness.ts';

/** How an entry is declared: id, lowest level, and how often a task may have it (once where absent). */
export interface Declared {
  readonly id: string;
  readonly from: Level;
  readonly times?: number;
}

/** A rule before its id is made from the entry's and the suffix. */
export type Proposal = Omit<Rule, 'id'> & { readonly suffix?: string | number };

/** An entry whose rules get ids from the entry's, and that never proposes the same rule twice. */
export function entry(
  role: PaletteEntry['role'],
  { id, from, times = 1 }: Declared,
  propose: (ctx: ProposeContext) => Proposal | null,
): PaletteEntry {
  return {
    id,
    role,
    from,
    times,
    propose(ctx) {
      const found = propose(ctx);
      if (!found) return null;
      const { suffix, ...rest } = found;
      const rule = { id: suffix === undefined ? id : `${id}-${suffix}`, ...rest };
      const same = scopeOf(rule.constraint);
      return ctx.rules.some((other) => scopeOf(other.constraint) === same) ? null : rule;
    },
  };
}

const BOUNDS: ReadonlySet<string> = new Set(['bound', 'offset', 'from', 'until', 'spread', 'values', 'list', 'tiers']);

/** What a constraint speaks of, without its bounds: two rules with the same scope would say one thing twice. */
const scopeOf = (constraint: Constraint): string =>
  JSON.stringify(constraint, (key, value: unknown) => (BOUNDS.has(key) ? undefined : value));

export const hasLegs = (ctx: ProposeContext): boolean => ctx.frame.shape.parts.length > 1;
export const factOf = (ctx: ProposeContext, name: string): number => Number(ctx.frame.facts[name]);

export interface Total {
  readonly picks: (ctx: ProposeContext) => readonly Pick[] | null;
  readonly op: '<=' | '>=';
  readonly unit: Unit;
  readonly subject: (ctx: ProposeContext) => string;
  readonly says: readonly string[];
  readonly suffix?: string;
}

/** A bound on the sum of terms. */
export function total(declared: Declared, { picks, op, unit, subject, says }: Total): PaletteEntry {
  return entry('bound', declared, (ctx) => {
    const terms = picks(ctx);
    if (!terms) return null;
    const value = termsOf(ctx, terms).reduce((sum, term) => sum + Number(term.value), 0);
    const bound = loosen(value, ctx.slack, op);
    if (value === 0 || isTrivialSum(ctx, terms, { op, bound })) return null;
    const constraint: Node<'aggregate'> = { kind: 'aggregate', fn: 'sum', terms: [...terms], op, bound };
    return { constraint, wording: { subject: subject(ctx), unit, templates: says } };
  });
}

/** Whether every choice satisfies the bound, judged by the extremes of each column. */
function isTrivialSum(
  ctx: ProposeContext,
  picks: readonly Pick[],
  { op, bound }: { op: '<=' | '>='; bound: number },
): boolean {
  const extreme = picks.reduce((sum, pick) => {
    const part = ctx.frame.shape.parts.find((one) => one.name === pick.part);
    const domain = part?.fields.find((field) => field.name === pick.field)?.domain;
    if (!domain || !('table' in domain)) return sum;
    const values = (ctx.world.rows[domain.table] ?? []).map(
      (row) => Number(row[pick.attr.column ?? '']) * (pick.weight ?? 1),
    );
    const count = (pick.keys ?? part?.key.values ?? []).length;
    return sum + count * (op === '<=' ? Math.max(...values) : Math.min(...values));
  }, 0);
  return op === '<=' ? extreme <= bound : extreme >= bound;
}

/** The usual sentences about a bounded quantity. */
export const MUST: readonly string[] = [
  '{subject} must be {limit}',
  '{subject} has to come to {limit}',
  'make sure that {subject} is {limit}',
];
