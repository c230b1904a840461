import { findNearMiss, type NearMiss, type NearMissOptions } from '../../../engine/constraints/near-miss.ts';
import type { Rng } from '../../../util/rng.ts';
import type { PaletteEntry } from '../pack.ts';
import { boundsOf, type ComposedRule, composeRule, createWitness, type Draft, usesOf } from './draft.ts';

/** How hard a near miss of a fresh rule is looked for. */
const FRESH_SEARCH = { nodeLimit: 300, ways: 4 };

/** A rule of the entry that the witness satisfies and that rules something out; null where there is none. */
export function proposeRule(draft: Draft, entry: PaletteEntry, rng: Rng): ComposedRule | null {
  const { scene, rules, witness, level } = draft;
  const { world, frame, pack } = scene;
  const { slack } = pack.levels[level];
  const rule = entry.propose({ world, frame, witness: createWitness(scene, witness), rng, slack, rules });
  if (!rule) return null;
  const composed = composeRule(scene, { ...rule, id: uniqueId(entry.id, rules), origin: entry.id }, rng);
  if (!composed.bound.test(witness)) return null;
  const bite = biteOf(draft, composed, { ...FRESH_SEARCH, rng });
  return bite.kind === 'found' ? { ...composed, miss: bite.values } : null;
}

/** Whether an answer exists that breaks `rule` alone: found, ruled out, or not known with that effort. */
export function biteOf(
  { scene, rules, witness }: Draft,
  rule: ComposedRule,
  effort: Pick<NearMissOptions, 'nodeLimit' | 'ways' | 'rng'>,
): NearMiss {
  const others = boundsOf(rules.filter((other) => other !== rule));
  const aim = { model: scene.model, target: rule.bound, others };
  return findNearMiss(aim, { ...effort, solutions: [witness], hint: rule.miss });
}

function uniqueId(base: string, rules: readonly ComposedRule[]): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!rules.some((rule) => rule.id === id)) return id;
  }
}

/** The entries that may still be used, in random order, those of the wanted role first. */
export function openEntries({ scene, rules, level }: Draft, wanted: PaletteEntry['role'], rng: Rng): PaletteEntry[] {
  const open = scene.pack.palette.filter((entry) => entry.from <= level && usesOf(rules, entry) < entry.times);
  const shuffled = rng.shuffle(open);
  return [...shuffled.filter((entry) => entry.role === wanted), ...shuffled.filter((entry) => entry.role !== wanted)];
}
