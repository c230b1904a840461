import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../../test/fakes/container-runtime.ts';
import { packFiles } from '../../testbed/tar.ts';
import { type ImageKind, type OurImage, standsOn, toSizes, totalBytes } from './image-sizes.ts';
import { collectImages, findOurImages, subjectOf } from './images.ts';
import { type ImageLimits, nextRemoval } from './next-removal.ts';

const day = 86_400_000;
const now = 100 * day;

interface Given {
  readonly kind: ImageKind;
  /** Layers, one letter each. */
  readonly layers: string;
  readonly size: number;
  readonly days?: number;
}

function image({ kind, layers, size, days = 0 }: Given): OurImage {
  const id = `${kind}-${layers}`;
  return { id, kind, labels: {}, sizeBytes: size, layers: [...layers], createdAt: now - days * day };
}

/** A suite, a base layer, two dependency layers, and three instances on them. */
const stock = [
  image({ kind: 'suite', layers: 's', size: 100, days: 90 }),
  image({ kind: 'base', layers: 'sb', size: 300, days: 80 }),
  image({ kind: 'dependencies', layers: 'sbd', size: 500, days: 30 }),
  image({ kind: 'dependencies', layers: 'sbe', size: 400, days: 40 }),
  image({ kind: 'instance', layers: 'sbd1', size: 510, days: 20 }),
  image({ kind: 'instance', layers: 'sbd2', size: 520, days: 5 }),
  image({ kind: 'instance', layers: 'sbe3', size: 440, days: 3 }),
];

/** Ids in the order in which they go. */
function removals(images: readonly OurImage[], limits: Partial<ImageLimits>, held: readonly string[] = []): string[] {
  const gone: string[] = [];
  let left = images;
  for (;;) {
    const wanted = { maxAgeMs: undefined, maxBytes: undefined, ...limits };
    const next = nextRemoval({ images: left, held: new Set(held), now }, wanted);
    if (next === undefined) return gone;
    gone.push(next.id);
    left = left.filter((one) => one !== next);
  }
}

describe('toSizes', () => {
  it('parts what an image shares from what is its own', () => {
    const sizes = toSizes(stock).map(({ image: { id }, sharedBytes, ownBytes }) => [id, sharedBytes, ownBytes]);

    expect(sizes).toEqual([
      ['suite-s', 100, 0],
      ['base-sb', 300, 0],
      ['dependencies-sbd', 500, 0],
      ['dependencies-sbe', 400, 0],
      ['instance-sbd1', 500, 10],
      ['instance-sbd2', 500, 20],
      ['instance-sbe3', 400, 40],
    ]);
  });

  it('knows two images of the same layers as one on disk', () => {
    const twins = [...stock, { ...image({ kind: 'instance', layers: 'sbe3', size: 440 }), id: 'twin' }];

    expect(toSizes(twins).at(-1)).toMatchObject({ sharedBytes: 440, ownBytes: 0 });
    expect(totalBytes(twins)).toBe(totalBytes(stock));
  });
});

describe('totalBytes', () => {
  it('counts each layer once', () => expect(totalBytes(stock)).toBe(300 + 200 + 100 + 10 + 20 + 40));
});

describe('nextRemoval', () => {
  it('is none where nothing is asked for, and where the limits hold', () => {
    expect(removals(stock, {})).toEqual([]);
    expect(removals(stock, { maxAgeMs: 20 * day, maxBytes: 670 })).toEqual([]);
  });

  it('takes old instances, and a dependency layer only once nothing stands on it', () => {
    expect(removals(stock, { maxAgeMs: 10 * day })).toEqual(['instance-sbd1']);
    expect(removals(stock, { maxAgeMs: 4 * day })).toEqual(['instance-sbd1', 'instance-sbd2', 'dependencies-sbd']);
  });

  it('takes the oldest until the rest fits, and what is only kept for later before a further instance', () => {
    expect(removals(stock, { maxBytes: 665 })).toEqual(['instance-sbd1']);
    expect(removals(stock, { maxBytes: 500 })).toEqual(['instance-sbd1', 'instance-sbd2', 'dependencies-sbd']);
  });

  it('never takes suites, and a base layer only once nothing stands on it', () => {
    expect(removals(stock, { maxBytes: 0, maxAgeMs: 0 })).toHaveLength(6);
    expect(removals(stock, { maxBytes: 0 }).at(-1)).toBe('base-sb');
    expect(removals(stock.slice(0, 2), { maxAgeMs: 79 * day })).toEqual(['base-sb']);
  });

  it('leaves what is held, and all below it', () => {
    expect(removals(stock, { maxBytes: 0 }, ['instance-sbd2'])).toEqual([
      'instance-sbd1',
      'instance-sbe3',
      'dependencies-sbe',
    ]);
  });

  it('never takes what another image stands on, and stops where the limits hold', () => {
    const layers = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 5 });
    const kind = fc.constantFrom<ImageKind[]>('suite', 'base', 'dependencies', 'instance');
    const given = fc.uniqueArray(fc.record({ kind, layers, days: fc.nat(50) }), { selector: (one) => one.layers });
    fc.assert(
      fc.property(given, fc.nat(30), fc.nat(60), (rows, maxBytes, maxDays) => {
        const images = rows.map((row) => image({ ...row, size: row.layers.length * 10 }));
        const gone = removals(images, { maxBytes, maxAgeMs: maxDays * day });
        let left = images;
        for (const id of gone) {
          const [next] = left.filter((one) => one.id === id);
          left = left.filter((one) => one.id !== id);
          expect(next && left.some((other) => standsOn(other, next))).toBe(false);
        }
        const free = left.filter(({ kind }) => kind === 'instance');
        const isOpen = free.some((one) => !left.some((other) => standsOn(other, one)));
        expect(totalBytes(left) <= maxBytes || !isOpen).toBe(true);
      }),
    );
  });
});

describe('collectImages', () => {
  const { signal } = new AbortController();

  /** Suite, base, dependency layer and two instances on a fake engine, each with a file of its own. */
  async function createStock() {
    const runtime = createFakeRuntime({ run: () => ({}) });
    const layers = { cpus: 1, memoryBytes: 1, processes: 1, diskBytes: 1 };
    const add = async (from: string, labels: Readonly<Record<string, string>>) => {
      const options = {
        image: from,
        network: 'none',
        limits: layers,
        labels: {},
        env: {},
        privileges: 'build',
      } as const;
      await using container = await runtime.start(options, signal);
      await container.upload(await packFiles([[Object.values(labels).join('-'), 'x'.repeat(10)]]), '/', signal);
      return await container.commit({ labels, env: {}, folder: '/' }, signal);
    };
    const tar = Readable.from([Buffer.from(await packFiles([['etc/os-release', 'x'.repeat(10)]]))]);
    const suite = await runtime.importImage(tar, { labels: { 'envmint.kind': 'suite', 'envmint.suite': 's' } }, signal);
    const base = await add(suite.id, { 'envmint.kind': 'base', 'envmint.stack': 'toy' });
    const dependencies = await add(base.id, { 'envmint.kind': 'dependencies', 'envmint.repository': 'o/r' });
    const one = await add(dependencies.id, { 'envmint.kind': 'instance', 'envmint.instance': 'o__r-1' });
    const two = await add(dependencies.id, { 'envmint.kind': 'instance', 'envmint.instance': 'o__r-2' });
    return { runtime, one, two, dependencies, limits: layers };
  }

  it('lists images with what they are of', async () => {
    const { runtime } = await createStock();

    const images = await findOurImages(runtime, signal);

    expect(images.map((one) => [one.kind, subjectOf(one)])).toEqual([
      ['suite', 's'],
      ['base', 's toy'],
      ['dependencies', 'o/r'],
      ['instance', 'o__r-2'],
      ['instance', 'o__r-1'],
    ]);
  });

  it('removes what is too much, and says so', async () => {
    const { runtime } = await createStock();
    const told: string[] = [];
    const options = { maxAgeMs: undefined, maxBytes: 20, isDryRun: false, now };

    const done = await collectImages(
      runtime,
      { ...options, tell: ({ size }) => told.push(subjectOf(size.image)) },
      signal,
    );

    expect(told).toEqual(['o__r-1', 'o__r-2', 'o/r']);
    expect(done).toEqual({ removed: 3, freedBytes: 30, totalBytes: 20 });
    expect(await findOurImages(runtime, signal)).toHaveLength(2);
  });

  it('leaves what a container runs from, and what that stands on', async () => {
    const { runtime, one, limits } = await createStock();
    const told: boolean[] = [];
    const start = { image: one.id, network: 'none', limits, labels: {}, env: {}, privileges: 'test' } as const;
    await using _ = await runtime.start(start, signal);
    const options = { maxAgeMs: 0, maxBytes: 0, isDryRun: false, now };

    const done = await collectImages(runtime, { ...options, tell: ({ isRemoved }) => told.push(isRemoved) }, signal);

    expect(told).toEqual([false, true]);
    expect(done).toMatchObject({ removed: 1, totalBytes: 40 });
    expect(await runtime.image(one.id, signal)).toBeDefined();
  });

  it('removes nothing in a dry run', async () => {
    const { runtime } = await createStock();
    const options = { maxAgeMs: 0, maxBytes: undefined, isDryRun: true, now, tell: () => undefined };

    expect(await collectImages(runtime, options, signal)).toMatchObject({ removed: 4, totalBytes: 10 });
    expect(await findOurImages(runtime, signal)).toHaveLength(5);
  });
});
