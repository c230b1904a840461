import { toClause } from '../../../engine/constraints/says/index.ts';
import type { Brief } from '../../../engine/search/program.ts';
import type { Rng } from '../../../util/rng.ts';
import { capitalised, escapeRegExp, textsOf } from '../../../util/texts.ts';
import type { Draft } from '../compose/draft.ts';
import type { Description } from '../pack.ts';

/** How names of the rules are said: as they are, or by a description that a tool resolves. */
export interface References {
  /** A clause with described names in place of the names themselves. */
  say(clause: string): string;
  /** Constraints with placeholders in place of described names. */
  hide(nodes: unknown): unknown;
  readonly briefs: Brief['references'];
  /** Names that the descriptions themselves use. */
  readonly names: readonly string[];
}

/** From some level on, one name of the rules is said by a description that a tool resolves. */
export function describeNames({ scene, rules, level }: Draft, rng: Rng): References {
  const none: References = { say: (clause) => clause, hide: (nodes) => nodes, briefs: {}, names: [] };
  const { pack, world, frame } = scene;
  if (!pack.levels[level].indirect || !pack.describe) return none;
  const fixed = textsOf([frame.shape, frame.facts]);
  const clauses = rules.map(({ constraint, wording, variant }) => toClause(constraint, wording, variant));
  for (const rule of rng.shuffle(rules.filter((one) => one.origin !== 'frame' && one.origin !== 'forbid-greedy'))) {
    const clause = toClause(rule.constraint, rule.wording, rule.variant);
    for (const literal of textsOf(rule.constraint)) {
      if (fixed.has(literal) || !clause.includes(literal) || clauses.some((one) => isListed(literal, one))) continue;
      const description = pack.describe(world, literal, rng);
      if (description) return referring(literal, description);
    }
  }
  return none;
}

/** Whether another name follows: "the hotel that opened in 1990, Blue Inn" might be one hotel, "the city where the museum is to Bern" is none. */
export const isListed = (literal: string, clause: string): boolean =>
  new RegExp(`${whole(literal)}(?:,| and| or| nor| to| with) \\p{Lu}`, 'u').test(clause);

/** A name inside another one ("Bath" in "Bath Spa Hotel") is none: only whole words are, and only where no longer name begins. */
const whole = (literal: string): string => `(?<![\\p{L}\\p{N}])${escapeRegExp(literal)}(?![\\p{L}\\p{N}])`;

function referring(literal: string, description: Description): References {
  const placeholder = '@1';
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') return value === literal ? placeholder : value;
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, swap(one)]));
  };
  const name = new RegExp(whole(literal), 'gu');
  return {
    say: (clause) => capitalised(clause.replace(name, description.says)),
    hide: swap,
    briefs: { [placeholder]: { table: description.table, where: description.where, column: description.column } },
    names: Object.values(description.where).map(String),
  };
}
