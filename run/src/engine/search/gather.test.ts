import { describe, expect, it } from 'vitest';
import { type GatherStep, gather, type Tools } from './gather.ts';

const hotels = [
  { name: 'Ada', town: 'X', price: 3 },
  { name: 'Bob', town: 'Y', price: 4 },
  { name: 'Cyd', town: 'X', price: 5 },
];

/** Tools over `hotels` that note how they are called. */
function createTools(): { tools: Tools; calls: string[] } {
  const calls: string[] = [];
  const noted = (name: string, answer: (args: Record<string, string>) => unknown) => (args: unknown) => {
    calls.push(`${name} ${JSON.stringify(args)}`);
    return answer(args as Record<string, string>);
  };
  const tools = {
    towns: noted('towns', () => [{ name: 'X' }, { name: 'Y' }]),
    list: noted('list', ({ town }) => hotels.filter((one) => one.town === town).map(({ name }) => ({ name }))),
    price: noted('price', ({ hotel }) => {
      const found = hotels.find((one) => one.name === hotel);
      return found ? { name: found.name, price: found.price } : null;
    }),
    distance: noted('distance', ({ from, to }) => (from === to ? null : { from, to, km: 7 })),
  };
  return { tools, calls };
}

const towns: GatherStep = { tool: 'towns', into: 'town', args: {} };
const list: GatherStep = { tool: 'list', into: 'hotel', args: { town: 'town.name' }, merge: { town: 'town' } };
const price: GatherStep = { tool: 'price', into: 'hotel', args: { hotel: 'hotel.name' } };
const distance: GatherStep = { tool: 'distance', into: 'distance', args: { from: 'town.name', to: 'town.name' } };
const keys = { town: ['name'], hotel: ['name'], distance: ['from', 'to'] };

describe('gather', () => {
  it('merges what several tools tell of a row, with the arguments that a step adds', () => {
    const { hotel } = gather(createTools().tools, [towns, list, price], keys);

    expect(hotel?.map((row) => row.name)).toEqual(['Ada', 'Cyd', 'Bob']);
    expect(new Set(hotel)).toEqual(new Set(hotels));
  });

  it('calls a tool once for each combination of the values known, and skips what it does not tell', () => {
    const { tools, calls } = createTools();
    const found = gather(tools, [towns, distance], keys);

    expect(calls).toHaveLength(1 + 4);
    expect(found.distance).toEqual([
      { from: 'X', to: 'Y', km: 7 },
      { from: 'Y', to: 'X', km: 7 },
    ]);
  });

  it('keeps a row once however often it is told', () => {
    expect(gather(createTools().tools, [towns, list, list, towns], keys).hotel).toHaveLength(3);
  });

  it('calls nothing for values that nobody has told', () => {
    const { tools, calls } = createTools();

    expect(gather(tools, [price], keys)).toEqual({ hotel: [] });
    expect(calls).toEqual([]);
  });
});
