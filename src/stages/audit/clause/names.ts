import type { Constraint } from '../../../domain/constraint.ts';

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
