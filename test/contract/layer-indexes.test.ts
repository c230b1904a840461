import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLayerIndexes } from '../../src/adapters/layer-indexes/index.ts';
import type { LayerIndexes } from '../../src/ports/layer-indexes.ts';
import { createMemoryLayerIndexes } from '../fakes/memory-layer-indexes.ts';

const [one, two] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`] as const;

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('no more');
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envmint-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each<[string, () => LayerIndexes]>([
  ['a folder', () => createLayerIndexes(join(folder, 'deep', 'layers'))],
  ['the fake', createMemoryLayerIndexes],
])('%s of indexes of layers', (_, create) => {
  it('gives back what was written, under the name that was known at its end', async () => {
    const indexes = create();
    let isRead = false;
    const content = async function* () {
      yield* pieces('some', 'thing');
      isRead = true;
    };

    await indexes.write(content(), () => (isRead ? one : two));

    expect((await buffer(indexes.read(one))).toString()).toBe('something');
    expect([await indexes.has(one), await indexes.has(two)]).toEqual([true, false]);
  });

  it('keeps nothing of what could not be read to its end', async () => {
    const indexes = create();

    await expect(indexes.write(broken(), () => two)).rejects.toThrow('no more');

    expect(await indexes.has(two)).toBe(false);
  });

  it('takes the place of what was there, and removes what nobody needs', async () => {
    const indexes = create();
    await indexes.write(pieces('old'), () => one);
    await indexes.write(pieces('new'), () => one);
    await indexes.write(pieces('other'), () => two);

    expect(await indexes.keepOnly(new Set([one]))).toBe(1);

    expect((await buffer(indexes.read(one))).toString()).toBe('new');
    expect(await indexes.has(two)).toBe(false);
  });
});

describe('a folder of indexes', () => {
  it('is there once something is kept', async () => {
    const indexes = createLayerIndexes(join(folder, 'none'));

    expect(await indexes.keepOnly(new Set())).toBe(0);
    expect(await indexes.has(one)).toBe(false);
    await expect(buffer(indexes.read(one))).rejects.toMatchObject({ boundary: 'disk' });
  });

  it('is rid of what a killed process left half written', async () => {
    const place = await mkdtemp(join(folder, 'killed-'));
    await writeFile(join(place, 'old.part'), 'half');
    await utimes(join(place, 'old.part'), 0, 0);
    await writeFile(join(place, 'young.part'), 'half');

    await createLayerIndexes(place).write(pieces('whole'), () => one);

    expect(await readdir(place)).toEqual(['1'.repeat(64), 'young.part']);
  });
});
