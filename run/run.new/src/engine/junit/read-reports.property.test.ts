import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseName } from './normalise.ts';
import { printReport } from './print-report.ts';
import { MESSAGE_LENGTH, type RawTest } from './raw-test.ts';
import { readReports, toReport } from './read-reports.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const read = (...texts: string[]) =>
  readReports(texts.map((text, index) => ({ name: `${index}`, bytes: encode(text) })));

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'a',
    'b',
    'A.b',
    'A b',
    'test',
    'x at 0x7f12345678ab',
    '/testbed/a/b.ts',
    '/tmp/x1/y',
    '2024-03-05T10:00',
  ),
);

const rawTest: fc.Arbitrary<RawTest> = fc
  .record({
    suites: fc.array(name, { maxLength: 3 }),
    file: name,
    classname: name,
    name,
    status: fc.constantFrom('pass', 'fail', 'error', 'skip'),
    ms: fc.option(fc.nat(1e7), { nil: null }),
    message: fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => /\S.*/.exec(text)?.[0].trim() ?? ''),
    day: fc.option(fc.constantFrom(19_787, 19_788, 20_000), { nil: undefined }),
  })
  .map((test) => ({
    ...test,
    suites: test.suites.filter((suite) => suite !== ''),
    message: test.status === 'fail' || test.status === 'error' ? test.message.slice(0, MESSAGE_LENGTH) : '',
  }));

describe('readReports', () => {
  it('reads what was printed', () => {
    fc.assert(
      fc.property(fc.array(rawTest, { minLength: 1, maxLength: 12 }), (tests) => {
        expect(read(printReport(tests))).toEqual(toReport(tests));
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }), (files) => {
        const report = readReports(files.map((bytes) => ({ name: 'x', bytes })));

        expect(report.tests).toEqual([]);
        expect(report.problems).not.toEqual([]);
      }),
    );
  });

  it('never throws, whatever was done to a good file', () => {
    const edit = fc.record({
      at: fc.nat(2000),
      cut: fc.nat(30),
      put: fc.oneof(
        fc.string({ maxLength: 5 }),
        fc.constantFrom('<', '>', '"', '&', '&#0;', '<![CDATA[', '<!--', '<?', '</', '\u0000'),
      ),
    });
    fc.assert(
      fc.property(fc.array(rawTest, { maxLength: 6 }), fc.array(edit, { maxLength: 6 }), (tests, edits) => {
        const broken = edits.reduce(
          (text, { at, cut, put }) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut),
          printReport(tests),
        );

        expect(() => read(broken)).not.toThrow();
      }),
    );
  });

  it('keeps, of a file that was cut, the tests that were whole, and says so', () => {
    fc.assert(
      fc.property(fc.array(rawTest, { minLength: 1, maxLength: 8 }), fc.nat(), (tests, at) => {
        const text = printReport(tests).trimEnd();
        const cut = text.slice(0, at % text.length);
        const whole = cut.match(/<\/testcase>/g)?.length ?? 0;

        const report = read(cut);

        expect(report.tests).toEqual(toReport(tests.slice(0, whole)).tests);
        expect(report.problems.map(({ kind }) => kind)).toContain('truncated');
      }),
    );
  });

  it('does not depend on the order of files', () => {
    fc.assert(
      fc.property(fc.array(fc.array(rawTest, { maxLength: 4 }), { maxLength: 5 }), (files) => {
        const named = files.map((tests, index) => ({ name: `${index}.xml`, bytes: encode(printReport(tests)) }));

        expect(readReports(named.toReversed())).toEqual(readReports(named));
      }),
    );
  });

  it('has each id once, in order, with a raw name', () => {
    fc.assert(
      fc.property(fc.array(rawTest, { maxLength: 20 }), (tests) => {
        const ids = read(printReport(tests)).tests.map(({ id }) => id);

        expect(ids).toEqual([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)));
        expect(ids).not.toContain('');
      }),
    );
  });
});

describe('normaliseName', () => {
  it('changes nothing that it has changed before', () => {
    const part = fc.constantFrom(
      'at 0x7f12345678ab',
      '/testbed/',
      '/tmp/',
      'aB',
      'a.B',
      '@1f2e3d4c',
      'localhost:',
      '45123',
      '2024-03-05',
      ' ',
      ':',
      '(0.12s)',
      '# time=3ms',
      '~',
      '$$Lambda$1',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 8 }),
        fc.constantFrom(undefined, 19_787),
        (parts, day) => {
          const once = normaliseName(parts.join(''), day);

          expect(normaliseName(once, day)).toBe(once);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
