import { beforeAll, describe, expect, it } from 'vitest';
import { lunchPack } from '../../../test/arena/lunch-pack.ts';
import { type Minted, mint } from '../../../test/arena/mint.ts';
import { createWorldStore } from '../../adapters/sqlite/index.ts';
import { createRemake } from './remake.ts';

let minted: Minted;
beforeAll(async () => {
  minted = await mint([1, 2, 4], { seed: 'a/lunch/b' });
});

const remake = createRemake({ packs: new Map([[lunchPack.name, lunchPack]]), worlds: createWorldStore() });

describe('remake', () => {
  it('makes every rung of a ladder again, with its environment', () => {
    for (const { environment, task } of minted.candidates)
      expect(JSON.parse(JSON.stringify(remake({ environment, task })))).toEqual({ environment, task });
  });

  it.each([
    ['a domain that is not here', { domain: 'supper' }],
    ['another version of the pack', { domainVersion: '0.9.0' }],
    ['another engine', { engine: 'envmint/0' }],
    ['a seed that names no index', { seed: 'a' }],
  ])('knows nothing of %s', (_, claim) => {
    const { environment, task } = minted.candidates[0] as Minted['candidates'][number];

    expect(remake({ environment: { ...environment, ...claim }, task })).toBe('unknown');
  });

  it('makes no parent that a task invents', () => {
    const { environment, task } = minted.candidates[2] as Minted['candidates'][number];
    const orphan = { ...task, lineage: { ...task.lineage, parent: 'somebody-l2' } };

    expect(remake({ environment, task: orphan })).not.toMatchObject({ task: orphan });
  });
});
