import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS, type Level } from '../../domain/task.ts';
import { environmentId } from './index.ts';
import { type PlanRequest, planOrders } from './plan.ts';

const request: PlanRequest = {
  domains: ['a', 'b', 'c'],
  environments: 10,
  tasksPerEnvironment: 2,
  levels: LEVELS,
  seed: '1',
};
const requests = fc.record({
  domains: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  environments: fc.integer({ min: 1, max: 60 }),
  tasksPerEnvironment: fc.integer({ min: 10, max: 80 }).map((tenths) => tenths / 10),
  levels: fc.uniqueArray(fc.constantFrom<Level>(...LEVELS), { minLength: 1 }).map((levels) => levels.sort()),
  seed: fc.string(),
});

describe('planOrders', () => {
  it('gives each domain its turn, and every environment an id of its own', () => {
    const orders = [...planOrders(request)];

    expect(orders.map((order) => order.domain).join('')).toBe('abcabcabca');
    expect(new Set(orders.map(environmentId)).size).toBe(10);
  });

  it('asks for as many environments and tasks as it was asked for, in ascending levels of the request', () => {
    fc.assert(
      fc.property(requests, (drawn) => {
        const orders = [...planOrders(drawn)];
        const { levels, environments, tasksPerEnvironment } = drawn;

        expect(orders).toHaveLength(environments);
        for (const order of orders) {
          expect(order.levels).toEqual([...new Set(order.levels)].sort());
          expect(levels).toEqual(expect.arrayContaining(order.levels));
        }
        if (tasksPerEnvironment > levels.length) return;
        const tasks = orders.reduce((sum, order) => sum + order.levels.length, 0);
        expect(tasks).toBe(Math.floor(environments * tasksPerEnvironment));
      }),
    );
  });

  it('extends a smaller plan: what was made before is made again as it was', () => {
    fc.assert(
      fc.property(requests, fc.nat(30), (drawn, more) => {
        const small = [...planOrders(drawn)];
        const large = [...planOrders({ ...drawn, environments: drawn.environments + more })];

        expect(large.slice(0, small.length)).toEqual(small);
      }),
    );
  });

  it('draws every level about equally often', () => {
    const counts = new Map<number, number>();
    for (const { levels } of planOrders({ ...request, environments: 800 }))
      for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);

    expect([...counts.keys()].sort()).toEqual([...LEVELS]);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  it('draws other levels for another seed', () => {
    expect([...planOrders({ ...request, seed: '2' })].map((order) => order.levels)).not.toEqual(
      [...planOrders(request)].map((order) => order.levels),
    );
  });
});
