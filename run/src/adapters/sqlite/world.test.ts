import { describe, expect, it } from 'vitest';
import type { Column, Row, World } from '../../domain/world.ts';
import { copyWorld, createWorldStore, worldHash } from './index.ts';

const store = createWorldStore();
const column = (name: string, role: Column['role'], type: Column['type'] = 'text'): Column => ({
  name,
  role,
  type,
  unit: 'text',
  says: name,
});

const tables: World['tables'] = [
  {
    name: 'hotels',
    says: 'hotels',
    key: ['name'],
    columns: [
      column('name', 'name'),
      { ...column('town', 'ref'), target: 'towns.name' },
      column('price', 'value', 'integer'),
    ],
  },
  { name: 'towns', says: 'towns', key: ['name'], columns: [column('name', 'name')] },
  {
    name: 'roads',
    says: 'roads',
    key: ['from', 'to'],
    columns: [column('from', 'value'), column('to', 'value'), column('km', 'value', 'integer')],
  },
];
const rows: World['rows'] = {
  hotels: [
    { name: 'Z', town: 'Łódź', price: -5 },
    { name: 'A', town: null, price: 2 ** 53 - 1 },
  ],
  towns: [{ name: 'Łódź' }, { name: 'Ö🏔' }],
  roads: [{ from: 'Łódź', to: 'Ö🏔', km: -0 }],
};
const world: World = { tables, rows };
const withHotel = (hotel: Row): World => ({ tables, rows: { ...rows, hotels: [hotel] } });

describe('a world', () => {
  it('is read back as it was written, in its order', () => {
    using opened = store.open(store.encode(world));

    expect(opened.rows(tables)).toEqual({ ...rows, roads: [{ from: 'Łódź', to: 'Ö🏔', km: 0 }] });
  });

  it('has the same bytes each time, which name no release of SQLite', () => {
    const [first, second] = [store.encode(world), store.encode(structuredClone(world))];

    expect(Buffer.from(first).equals(second)).toBe(true);
    expect([...first.subarray(24, 28), ...first.subarray(92, 100)]).toEqual(Array(12).fill(0));
    // A change here is a change of every world's hash: say so in the change log.
    expect(worldHash(first)).toMatchInlineSnapshot(
      `"781fd9c3462c3817536ac20ffcfd748fa11b65e949163f203376bcc4bafc9c25"`,
    );
  });

  it.each([
    [
      'a text for an integer',
      { name: 'Z', town: null, price: '5' },
      'row 0 of hotels: price is 5, which is no integer',
    ],
    ['a fraction', { name: 'Z', town: null, price: 0.5 }, 'row 0 of hotels: price is 0.5, which is no integer'],
    ['a number for a text', { name: 7, town: null, price: 5 }, 'row 0 of hotels: name is 7, which is no text'],
    ['a missing cell', { name: 'Z', price: 5 }, 'row 0 of hotels: town is undefined, which is no text'],
    ['a reference to nothing', { name: 'Z', town: 'Nowhere', price: 5 }, 'row 1 of hotels refers to no row of towns'],
    ['no key', { name: null, town: null, price: 5 }, 'row 0 of hotels: NOT NULL constraint failed: hotels.name'],
  ])('refuses %s', (...[, hotel, message]) => {
    expect(() => store.encode(withHotel(hotel as Row))).toThrow(new RangeError(message));
  });

  it('refuses a name twice', () => {
    const hotel = { name: 'Z', town: null, price: 5 };

    expect(() => store.encode({ tables, rows: { ...rows, hotels: [hotel, hotel] } })).toThrow(
      /row 1 of hotels: UNIQUE/,
    );
  });

  it('is opened for look-ups only', () => {
    using opened = store.open(store.encode(world));

    expect(opened.query('SELECT name FROM towns WHERE name LIKE :start', { start: 'Ö%' })).toEqual([{ name: 'Ö🏔' }]);
    expect(() => opened.query('DELETE FROM towns')).toThrow(/readonly/);
    expect(() => opened.query('CREATE TABLE x (y)')).toThrow(/readonly/);
  });

  it('is copied for an episode that may write', () => {
    const bytes = store.encode(world);
    using first = copyWorld(bytes);
    using second = copyWorld(bytes);
    first.exec('DELETE FROM roads');

    expect(second.prepare('SELECT count(*) AS n FROM roads').get()).toMatchObject({ n: 1 });
    expect(worldHash(bytes)).toBe(worldHash(store.encode(world)));
  });

  it.each([
    ['no database', new Uint8Array(100), /damaged or no SQLite database/],
    ['cut short', store.encode(world).subarray(0, 5000), /damaged or no SQLite database/],
    ['not there', '/nowhere/world.sqlite', /open \/nowhere\/world\.sqlite: ENOENT/],
  ])('that is %s is told by a boundary error', (...[, source, message]) => {
    expect(() => store.open(source)).toThrow(
      expect.objectContaining({ boundary: 'database', message: expect.stringMatching(message) }),
    );
  });
});
