import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLedgerLine, type LedgerLine, parseLedgerLine } from './ledger.ts';

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
