import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLedgerLine, type LedgerLine } from '../../src/domain/ledger.ts';
import type { Ledger } from '../../src/ports/ledger.ts';

/** A place that holds the text of one ledger between two openings. */
export interface LedgerPlace extends AsyncDisposable {
  open(): Promise<Ledger>;
  write(bytes: Buffer): Promise<void>;
}

const outcomes = fc.oneof(
  fc.record({ kind: fc.constant('kept' as const), output: fc.jsonValue() }),
  fc.record({
    kind: fc.constant('rejected' as const),
    reason: fc.string({ minLength: 1 }),
    detail: fc.string({ unit: 'binary' }),
  }),
  fc.record({
    kind: fc.constant('failed' as const),
    boundary: fc.constant('worker' as const),
    message: fc.string(),
    retryable: fc.boolean(),
  }),
);
const lines: fc.Arbitrary<LedgerLine> = fc.record({
  v: fc.constant(1 as const),
  stage: fc.constantFrom('mine', 'audit'),
  version: fc.constantFrom('1', '2'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  item: fc.string({ unit: 'grapheme' }),
  outcome: outcomes,
  ms: fc.nat(),
  attempts: fc.integer({ min: 1, max: 3 }),
  at: fc.constant('2026-01-01T00:00:00.000Z'),
});

/** What every ledger promises, run on the fake and on the real one. */
export function describeLedger(name: string, createPlace: () => Promise<LedgerPlace>, numRuns: number): void {
  describe(`${name} as a ledger`, () => {
    it('gives the last line of each stage and key, before and after it is opened again', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(lines, { maxLength: 12 }), (written) => checkLastWins(written)),
        { numRuns },
      );
    });

    it('survives a cut at any byte: whole lines are kept, the torn one is owed, and the next append is whole', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 4 }), fc.nat(), (written, cut) =>
          checkCut(written, cut),
        ),
        { numRuns },
      );
    });

    it('does not trip over bytes that no ledger wrote, and counts them', async () => {
      await using place = await createPlace();
      await place.write(Buffer.from('\u0000\n{"v":2,"stage":"x"}\n\n[1,2\n"text"\n{"__proto__":{}}\n'));

      await using ledger = await place.open();

      expect(ledger.size).toBe(0);
      expect(ledger.skippedLines).toBe(5);
    });

    it('keeps lines whole when many are appended at once', async () => {
      await using place = await createPlace();
      const written = fc.sample(lines, 200).map((line, index) => ({ ...line, key: `key-${index}` }));
      {
        await using ledger = await place.open();
        await Promise.all(written.map((line) => ledger.append(line)));
      }

      await using again = await place.open();

      expect([again.size, again.skippedLines]).toEqual([200, 0]);
      expect(await again.find(written[77]?.stage ?? '', 'key-77')).toEqual(plain(written[77]));
    });
  });

  async function checkLastWins(written: readonly LedgerLine[]): Promise<void> {
    await using place = await createPlace();
    const expected = new Map(written.map((line) => [`${line.stage} ${line.key}`, line]));
    {
      await using ledger = await place.open();
      for (const line of written) await ledger.append(line);
      await expectLines(ledger, expected);
    }
    await using again = await place.open();
    await expectLines(again, expected);
    expect(again.skippedLines).toBe(0);
  }

  async function checkCut(written: readonly LedgerLine[], cut: number): Promise<void> {
    await using place = await createPlace();
    const bytes = Buffer.from(written.map(formatLedgerLine).join(''));
    const at = cut % (bytes.length + 1);
    await place.write(bytes.subarray(0, at));
    const whole = wholeLines(written, at);
    const further = { ...(written[0] as LedgerLine), key: 'further' };
    {
      await using ledger = await place.open();
      await expectLines(ledger, new Map(whole.map((line) => [`${line.stage} ${line.key}`, line])));
      await ledger.append(further);
    }
    await using again = await place.open();
    expect(await again.find(further.stage, 'further')).toEqual(plain(further));
    expect(again.size).toBe(new Set([...whole, further].map((line) => `${line.stage} ${line.key}`)).size);
  }
}

/** The lines that stand in the first `bytes` bytes, with or without their line feed. */
function wholeLines(written: readonly LedgerLine[], bytes: number): LedgerLine[] {
  let end = 0;
  return written.filter((line) => {
    end += Buffer.byteLength(formatLedgerLine(line));
    return end - 1 <= bytes;
  });
}

async function expectLines(ledger: Ledger, expected: ReadonlyMap<string, LedgerLine>): Promise<void> {
  expect(ledger.size).toBe(expected.size);
  for (const line of expected.values()) expect(await ledger.find(line.stage, line.key)).toEqual(plain(line));
  expect(await ledger.find('mine', 'never')).toBeUndefined();
}

function plain(line: LedgerLine | undefined): unknown {
  return line && JSON.parse(JSON.stringify(line));
}
