import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeCandidate } from '../../../../test/fakes/candidate.ts';
import { hashPatch, type Judged, toJudged } from '../judged.ts';
import { shinglesOf, similarity } from './shingles.ts';
import { bandsOf, signText } from './signature.ts';
import { findTwins } from './twins.ts';

const { signal } = new AbortController();

interface Item {
  readonly id: string;
  readonly text: string;
  readonly patch?: string;
  readonly day?: number;
}

function toItem({ id, text, patch = id, day = 1 }: Item): Judged {
  const candidate = fakeCandidate({ problemStatement: text, goldPatch: `+${patch}\n` });
  const mergedAt = new Date(Date.UTC(2024, 0, day)).toISOString();
  const ref = { id, repository: 'a/b', number: 1, path: '', hash: id };
  return { ...toJudged(ref, candidate), mergedAt };
}

function twinsOf(items: readonly Item[], threshold = 0.85) {
  const needs = {
    threshold,
    readStatement: async ({ id }: Judged) => items.find((item) => item.id === id)?.text ?? '',
  };
  return findTwins(items.map(toItem), needs, signal);
}

const words = Array.from({ length: 60 }, (_, at) => `word${at}`);
const text = words.join(' ');

describe('findTwins', () => {
  it('finds the same changes to source', async () => {
    const items = [
      { id: 'b', text: 'one', patch: 'x = 1', day: 2 },
      { id: 'a', text: 'two', patch: 'x  =  1', day: 1 },
    ];

    expect(await twinsOf(items)).toEqual([{ of: 'a', kind: 'patch', similarity: 1 }, null]);
  });

  it('finds nearly the same text and says how near', async () => {
    const items = [
      { id: 'a', text },
      { id: 'b', text: `${text} and more`, day: 2 },
      { id: 'c', text: words.toReversed().join(' '), day: 3 },
    ];

    expect(await twinsOf(items)).toEqual([null, { of: 'a', kind: 'text', similarity: 56 / 58 }, null]);
  });

  it('leaves texts below the threshold apart', async () => {
    const items = [
      { id: 'a', text },
      { id: 'b', text: `${text} and more`, day: 2 },
    ];

    expect(await twinsOf(items, 0.99)).toEqual([null, null]);
  });

  it('gives the same answer in whatever order the candidates come', async () => {
    const item = fc.record({
      text: fc.constantFrom(text, `${text} and more`, 'short', 'another'),
      patch: fc.constantFrom('1', '2', '3', '4'),
      day: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 12 }), fc.nat(), async (items, seed) => {
        const named = items.map((one, at) => ({ ...one, id: `i${at}` }));
        const other = named
          .map((one, at) => ({ one, at: (at * 7 + seed) % 13 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);

        const [twins, otherTwins] = [await twinsOf(named), await twinsOf(other)];

        for (const [at, one] of named.entries()) expect(otherTwins[other.indexOf(one)]).toEqual(twins[at]);
      }),
    );
  });

  it('keeps one of many that are the same', async () => {
    const items = Array.from({ length: 100 }, (_, at) => ({ id: `i${at}`, text }));

    expect((await twinsOf(items)).filter((twin) => twin === null)).toHaveLength(1);
  });
});

describe('signText', () => {
  it('brings near texts together and keeps far ones apart', () => {
    const share = (count: number) => {
      let met = 0;
      for (let round = 0; round < 100; round++) {
        const own = Array.from({ length: 100 }, (_, at) => `r${round}w${at}`);
        const changed = own.map((word, at) => (at < count ? `other${word}` : word));
        const [a, b] = [bandsOf(signText(own.join(' '))), bandsOf(signText(changed.join(' ')))];
        if (a.some((value, band) => value === b[band])) met++;
      }
      return met;
    };

    // Of 96 shingles, 5 and 55 differ: similarities of about 0.9 and 0.27.
    expect(share(5)).toBeGreaterThan(95);
    expect(share(55)).toBeLessThan(20);
  });

  it('estimates nothing for texts that share no word', () => {
    expect(similarity(shinglesOf('a b c d e f'), shinglesOf('g h i j k l'))).toBe(0);
    expect(similarity(shinglesOf(''), shinglesOf(''))).toBe(1);
  });
});

describe('hashPatch', () => {
  it.each([
    ['another place', '@@ -1,2 +1,2 @@\n a\n-b\n+c\n', '@@ -9,2 +9,2 @@ f\n z\n-b\n+c\n', true],
    ['other white space', '-b\n+c d\n', '-b\n+c   d  \n', true],
    ['another line', '-b\n+c\n', '-b\n+d\n', false],
    ['another direction', '-b\n', '+b\n', false],
  ])('compares what changed: %s', (...[, a, b, isSame]) => {
    expect(hashPatch(a) === hashPatch(b)).toBe(isSame);
  });
});
