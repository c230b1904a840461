import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, compareText, contentHash } from './canonical-json.ts';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ gone: undefined, here: 0 }, '{"here":0}'],
    [{ é: 1, z: 2, A: 3 }, '{"A":3,"z":2,"é":1}'],
    ['"\n', '"\\"\\n"'],
    [-0, '0'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [() => 1], [undefined], [[undefined]]])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('refuses a cycle', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;

    expect(() => canonicalJson(loop)).toThrow('cycles');
  });

  it('accepts the same object twice beside itself', () => {
    const shared = { a: 1 };

    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which members were added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());

        expect(contentHash(reversed)).toBe(contentHash(value));
      }),
    );
  });
});

describe('compareText', () => {
  it('orders by code unit, not by locale', () => {
    expect(['é', 'z', 'B', 'a'].sort(compareText)).toEqual(['B', 'a', 'z', 'é']);
  });
});
