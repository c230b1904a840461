import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../util/texts.ts';
import { renamed, renamedSource, renamedSql } from './texts.ts';

const json = fc.jsonValue({ maxDepth: 3 });
/** A renaming that can be turned round: no new name is an old one. */
const naming = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 8 })
  .map((names) => new Map(names.map((name, i) => [name, `new ${i} of ${names.length}`])));
const back = (names: ReadonlyMap<string, string>) => new Map([...names].map(([a, b]) => [b, a]));
const awkward = new Map([
  ["O'Hara", "D'Arcy"],
  ['say "no"', 'back\\slash'],
  ['Ada', "it's"],
]);

describe('textsOf', () => {
  it('finds texts at any depth, but no names of properties', () => {
    expect(textsOf({ a: ['x', { b: 'y', c: null }], d: 7, e: 'x' })).toEqual(new Set(['x', 'y']));
    expect(textsOf('alone')).toEqual(new Set(['alone']));
    expect(textsOf(undefined)).toEqual(new Set());
  });
});

describe('renamed', () => {
  it('gives the value back when it is renamed back', () => {
    fc.assert(
      fc.property(json, naming, (value, names) => {
        fc.pre([...textsOf(value)].every((text) => !back(names).has(text)));
        expect(renamed(renamed(value, names), back(names))).toEqual(value);
      }),
    );
  });

  it('renames exactly the texts', () => {
    fc.assert(
      fc.property(json, naming, (value, names) => {
        expect(textsOf(renamed(value, names))).toEqual(
          new Set([...textsOf(value)].map((text) => names.get(text) ?? text)),
        );
      }),
    );
  });

  it('leaves names of properties and parts of texts', () => {
    expect(renamed({ Ada: ['Ada', 'Ada and Bob'] }, new Map([['Ada', 'X']]))).toEqual({ Ada: ['X', 'Ada and Bob'] });
  });
});

describe('renamedSql', () => {
  it.each([
    ["name = 'Ada'", "name = 'it''s'"],
    ["name = 'O''Hara'", "name = 'D''Arcy'"],
    ["x IN ('Ada', 'O''Hara', 'Bob')", "x IN ('it''s', 'D''Arcy', 'Bob')"],
    ['"Ada" = \'Adam\'', '"Ada" = \'Adam\''],
    ["json_extract(value, '$.Ada') = ''", "json_extract(value, '$.Ada') = ''"],
    ['\'say "no"\'', "'back\\slash'"],
  ])('renames whole literals: %s', (sql, expected) => {
    expect(renamedSql(sql, awkward)).toBe(expected);
  });

  it('quotes any name so that it is one literal again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
        expect(renamedSql(`a = ${quote(before)} AND b = 1`, new Map([[before, after]]))).toBe(
          `a = ${quote(after)} AND b = 1`,
        );
      }),
    );
  });
});

describe('renamedSource', () => {
  it.each([
    ['const a = "Ada";', 'const a = "it\'s";'],
    ['f("say \\"no\\"", "x")', 'f("back\\\\slash", "x")'],
    ['"Adam" + "Ada" + `Ada`', '"Adam" + "it\'s" + `Ada`'],
    ['"\\x41da"', '"\\x41da"'],
  ])('renames whole literals: %s', (source, expected) => {
    expect(renamedSource(source, awkward)).toBe(expected);
  });

  it('renames JSON as `renamed` renames its value, so far as no name is the name of a property', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), naming, (value, names) => {
        expect(JSON.parse(renamedSource(JSON.stringify(value, null, 1), names))).toEqual(renamed(value, names));
      }),
    );
  });
});
