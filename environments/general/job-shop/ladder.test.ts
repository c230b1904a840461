import { describe, expect, it } from 'vitest';
import { findNearMiss } from '../../../src/engine/constraints/near-miss.ts';
import { boundsOf, composeRule, type Draft } from '../../../src/stages/synthesize/compose/draft.ts';
import { climb } from '../../../src/stages/synthesize/harden/ladder.ts';
import { createRng } from '../../../src/util/rng.ts';
import { pack } from './index.ts';

/** Rules of the frame that the draft leaves out although an answer may break them alone. */
function missed({ scene, rules, witness }: Draft): string[] {
  const out = scene.frame.rules.filter(({ id }) => !rules.some((rule) => rule.id === id));
  return out.flatMap((rule) => {
    const { bound: target } = composeRule(scene, { ...rule, origin: 'frame' }, createRng('wording'));
    const effort = { rng: createRng('effort'), nodeLimit: 20_000, ways: 400, solutions: [witness] };
    const { kind } = findNearMiss({ model: scene.model, target, others: boundsOf(rules) }, effort);
    return kind === 'implied' ? [] : [`${rule.id}: ${kind}`];
  });
}

describe('the ladder of a job shop', () => {
  // A rule of the palette had implied the end of the shift, and was then given up itself.
  it('leaves out a rule of the frame only where the rules that stay imply it', () => {
    const rng = createRng('1/job-shop/582');
    const rungs = climb({ pack, world: pack.createWorld(rng.fork('world')) }, [3, 5], rng.fork('ladder'));

    const drafts = rungs.flatMap((rung) => ('draft' in rung ? [rung.draft] : []));
    expect(drafts.map(missed)).toEqual([[], []]);
  });
});
