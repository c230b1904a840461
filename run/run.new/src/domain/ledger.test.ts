import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLedgerLine, type LedgerLine, parseLedgerLine, readLedgerName } from './ledger.ts';

const line: LedgerLine = {
  v: 1,
  stage: 'audit',
  version: '3',
  key: 'k',
  item: 'trip\n1',
  outcome: { kind: 'kept', output: { a: [1] } },
  ms: 2.5,
  attempts: 1,
  at: '2026-01-01T00:00:00.000Z',
};

describe('parseLedgerLine', () => {
  it('reads what formatLedgerLine writes, which is one line', () => {
    const text = formatLedgerLine(line);

    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(parseLedgerLine(text)).toEqual(line);
  });

  it('never throws, and accepts no beginning of a line', () => {
    const text = formatLedgerLine(line).trimEnd();
    for (let end = 0; end < text.length; end++) expect(parseLedgerLine(text.slice(0, end))).toBeUndefined();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (noise) => parseLedgerLine(noise) === undefined));
  });

  it.each([
    [{ v: 2 }],
    [{ outcome: { kind: 'lost' } }],
    [{ stage: '' }],
    [{ outcome: { kind: 'failed', boundary: 'moon', message: '', retryable: true } }],
  ])('knows no line with %j', (change) => {
    expect(parseLedgerLine(JSON.stringify({ ...line, ...change }))).toBeUndefined();
  });
});

const names = fc.string({ minLength: 1, unit: 'grapheme' });
const lines: fc.Arbitrary<LedgerLine> = fc.record({
  v: fc.constant(1 as const),
  stage: names,
  version: fc.string(),
  key: names,
  item: fc.string({ unit: 'binary' }),
  outcome: fc.record({ kind: fc.constant('kept' as const), output: fc.jsonValue() }),
  ms: fc.nat(),
  attempts: fc.integer({ min: 1, max: 12 }),
  at: fc.constant('2026-01-01T00:00:00.000Z'),
});

describe('readLedgerName', () => {
  it('names the line that a full reading gives', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const text = formatLedgerLine(line).trimEnd();

        expect(readLedgerName(text)).toMatchObject({ stage: line.stage, key: line.key });
        expect(parseLedgerLine(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('names no line that was cut', () => {
    fc.assert(
      fc.property(lines, fc.nat(), (line, cut) => {
        const text = formatLedgerLine(line).trimEnd();

        expect(readLedgerName(text.slice(0, cut % text.length))).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    '{}',
    '{"v":2,"stage":"mine","version":"1","key":"a","item":"b","attempts":1,"at":"c"}',
    '{"v":1,"stage":"mine","version":"1","key":"","item":"b"}',
    'null',
  ])('names no line in %j', (text) => {
    expect(readLedgerName(text)).toBeUndefined();
  });
});
