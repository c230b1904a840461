import { describe, expect, it } from 'vitest';
import { fixedLunchPack, lunchPack } from '../../../../test/arena/lunch-pack.ts';
import { mint } from '../../../../test/arena/mint.ts';
import type { Level } from '../../../domain/task.ts';
import { createRng } from '../../../util/rng.ts';
import type { DomainPack } from '../pack.ts';
import { climb, type Rung } from './ladder.ts';

function ladder(
  levels: readonly Level[],
  { seed = 'ladder', pack = lunchPack }: { seed?: string; pack?: DomainPack } = {},
): Rung[] {
  const rng = createRng(seed);
  return climb({ pack, world: pack.createWorld(rng.fork('world')) }, levels, rng.fork('climb'));
}
const drafts = (rungs: readonly Rung[]) => rungs.flatMap((rung) => ('draft' in rung ? [rung.draft] : []));
/** What of a draft becomes bytes. */
const written = (rungs: readonly Rung[]) =>
  JSON.stringify(
    rungs.map((rung) =>
      'draft' in rung
        ? { ...rung.draft, scene: rung.draft.scene.frame, rules: rung.draft.rules.map(({ bound: _, ...rule }) => rule) }
        : rung,
    ),
  );

describe('climb', () => {
  const seeds = ['one', 'two', 'three', 'four', 'five'];

  it('gives a rung or a reason for each level, in order', () => {
    for (const seed of seeds) expect(ladder([1, 3, 6], { seed }).map((rung) => rung.level)).toEqual([1, 3, 6]);
  });

  it('keeps rungs of rising score only, each solved by its witness', () => {
    const all = seeds.flatMap((seed) => [drafts(ladder([1, 2, 4, 6, 8], { seed }))]);

    expect(all.flat().length).toBeGreaterThan(seeds.length);
    for (const rungs of all) {
      rungs.forEach((draft, i) => {
        expect(draft.rules.every((rule) => rule.bound.test(draft.witness))).toBe(true);
        if (i > 0) expect(draft.score).toBeGreaterThan(rungs[i - 1]?.score ?? 0);
      });
    }
  });

  it('records every step with the operator and what it changed by measure, on top of the steps below', () => {
    const rungs = drafts(ladder([1, 2, 4, 6, 8], { seed: 'two' }));

    rungs.forEach((draft, i) => {
      const below = rungs[i - 1]?.steps ?? [];
      expect(draft.steps.slice(0, below.length)).toEqual(below);
      expect(draft.steps.slice(below.length).every((step) => step.level === draft.level)).toBe(true);
      for (const { operator, detail, before, after } of draft.steps) {
        expect(operator).toMatch(
          /^(add-bound|couple-slots|add-conditional|tighten-bound|add-slots|forbid-greedy|indirect-reference|narrow-tools)$/,
        );
        expect(detail).not.toBe('');
        if (operator !== 'add-slots') expect(after).toBeGreaterThan(before);
      }
    });
  });

  it('has every id of a rule once, and the frame in every draft', () => {
    for (const draft of drafts(ladder([2, 5, 8], { seed: 'three' }))) {
      const ids = draft.rules.map((rule) => rule.id);

      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(['variety', 'patience', 'apart']));
      expect(draft.scene.frame.size).toBe(lunchPack.levels[draft.level].size);
    }
  });

  it('draws the same ladder from the same seed, and another from another', () => {
    const [first, again, other] = ['x', 'x', 'y'].map((seed) => written(ladder([1, 4], { seed })));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each<[string, Partial<DomainPack>]>([
    ['no-witness', { frame: (world, size, rng) => withRule(lunchPack.frame(world, size, rng), 99) }],
    ['too-few-rules', { palette: [] }],
  ])('says %s where that is so', (reason, over) => {
    expect(ladder([2], { pack: { ...lunchPack, ...over } })).toEqual([{ level: 2, reason }]);
  });

  it('says not-harder where nothing makes the next level harder', () => {
    const pack = { ...fixedLunchPack, levels: { ...fixedLunchPack.levels, 2: fixedLunchPack.levels[1] } };

    expect(ladder([1, 2], { pack }).at(-1)).toMatchObject({ level: 2, reason: 'not-harder' });
  });
});

/** The frame with a wait that nobody can keep. */
function withRule(frame: ReturnType<DomainPack['frame']>, least: number): ReturnType<DomainPack['frame']> {
  const constraint = {
    kind: 'each' as const,
    part: 'lunches',
    field: 'start',
    condition: { attr: {}, op: '>=' as const, values: [least] },
  };
  return {
    ...frame,
    rules: [...frame.rules, { id: 'late', constraint, wording: { subject: 'the start', unit: 'minutes' } }],
  };
}

describe('synthesis of a ladder', () => {
  it('gives the same bytes for the same order, and links each task to the one below', async () => {
    const [first, again] = [await mint([1, 3]), await mint([1, 3])];
    const [low, high] = first.candidates;

    expect([...again.artifacts.files]).toEqual([...first.artifacts.files]);
    expect([low?.task.lineage.parent, high?.task.lineage.parent]).toEqual([null, low?.task.id]);
    expect(high?.task.difficulty.score).toBeGreaterThan(low?.task.difficulty.score ?? 0);
  });

  it('emits a solution that holds no row of the world but what the prompt says', async () => {
    const { candidates, environmentId } = await mint([1, 3]);
    for (const { task, solution, environment } of candidates) {
      const brief = /const brief = (\{[\s\S]*?\n\});\n/.exec(solution)?.[1] ?? '';
      const stalls = ['Amber', "O'Hara's", 'Cedar', 'Dill & Sons', 'Juniper', 'Kale', 'Lovage'];

      expect(stalls.filter((name) => brief.includes(JSON.stringify(name)) && !task.literals.includes(name))).toEqual(
        [],
      );
      expect(environment.id).toBe(environmentId);
      expect(task.tools.at(-1)).toBe('submit_result');
    }
  });

  it('takes the aggregate tools away where the level says so', async () => {
    const { candidates } = await mint([1, 4], { seed: 'two' });

    expect(candidates.map(({ task }) => task.tools.includes('cheapest_stall'))).toEqual([true, false]);
  });
});
