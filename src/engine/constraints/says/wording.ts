import type { Unit } from '../../../domain/world.ts';

/**
 * How a constraint is said. `subject` is a noun phrase for what is bounded ("the total price of lunch and dinner on day 2");
 * `{limit}` in a template becomes operator and bound with unit ("at most 350.00 EUR"). Without templates the kind's own are used.
 * Placeholders of each kind: see TEMPLATES in `index.ts` beside this file.
 */
export interface Wording {
  readonly subject: string;
  readonly unit: Unit;
  readonly templates?: readonly string[];
  /** Templates of a balance whose spread is 0, which say that all is equal. */
  readonly even?: readonly string[];
  /** Further noun phrases that the kind's templates use, by placeholder name. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Words of the constraints inside a tier or an implication, branch by branch. */
  readonly nested?: readonly Wording[];
}
