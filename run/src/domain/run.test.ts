import { describe, expect, it } from 'vitest';
import { defaultRunId, differingKeys, RunId } from './run.ts';
import { countFailed, emptyStageSummary, withOutcome } from './summary.ts';

const config = { v: 1 as const, command: 'synth', seed: 1, domains: ['a', 'b'] };

describe('defaultRunId', () => {
  it('is the same for the same settings in any order, and another for others', () => {
    const { command, ...rest } = config;

    expect(defaultRunId({ ...rest, command })).toBe(defaultRunId(config));
    expect(defaultRunId({ ...config, seed: 2 })).not.toBe(defaultRunId(config));
    expect(RunId.safeParse(defaultRunId(config)).success).toBe(true);
  });
});

describe('RunId', () => {
  it.each([['..'], ['.'], [''], ['a/b'], ['-x'], ['a b'], ['x'.repeat(101)], ['a\n']])('is not %j', (id) => {
    expect(RunId.safeParse(id).success).toBe(false);
  });
});

describe('differingKeys', () => {
  it('names what differs, what is new and what is gone', () => {
    expect(differingKeys(config, { v: 1, command: 'synth', seed: 2, domains: ['a', 'b'], extra: true })).toEqual([
      'extra',
      'seed',
    ]);
    expect(differingKeys(config, structuredClone(config))).toEqual([]);
  });
});

describe('withOutcome', () => {
  it('counts by reason and boundary, sorted, whatever the order of outcomes and the names', () => {
    const outcomes = [
      { kind: 'rejected', reason: 'z' },
      { kind: 'rejected', reason: '__proto__' },
      { kind: 'rejected', reason: 'constructor' },
      { kind: 'rejected', reason: 'z' },
      { kind: 'failed', boundary: 'disk', message: '', retryable: false },
    ] as const;
    const count = (list: readonly (typeof outcomes)[number][]) =>
      JSON.stringify(list.reduce(withOutcome, emptyStageSummary({ name: 's', version: '1' })));

    expect(count(outcomes)).toBe(count([...outcomes].reverse()));
    expect(count(outcomes)).toContain('"rejected":{"__proto__":1,"constructor":1,"z":2},"failed":{"disk":1}');
    expect(countFailed({ v: 1, state: 'done', stages: [JSON.parse(count(outcomes))] })).toBe(1);
  });
});
