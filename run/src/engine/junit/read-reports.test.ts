import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TestStatus } from '../../domain/junit.ts';
import { REPORT_LIMITS, type ReportLimits } from './raw-test.ts';
import { readReports } from './read-reports.ts';

const samples = new URL('../../../fixtures/junit/', import.meta.url);
const runners = readdirSync(samples).flatMap((name) => (name.endsWith('.xml') ? [name.slice(0, -4)] : []));

function read(text: string | Uint8Array, limits: Partial<ReportLimits> = {}) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readReports([{ name: 'a.xml', bytes }], { ...REPORT_LIMITS, ...limits });
}

const suite = (inner: string) => `<testsuite name="s">${inner}</testsuite>`;

/** One testcase, and the status that it is read as. */
function check(testcase: string, status: TestStatus, message = ''): void {
  expect(read(suite(testcase)).tests).toMatchObject([{ status, message }]);
}

describe('readReports', () => {
  it.each(runners)('reads what %s writes', (runner) => {
    const bytes = readFileSync(new URL(`${runner}.xml`, samples));

    expect(readReports([{ name: `${runner}.xml`, bytes }])).toEqual(
      JSON.parse(readFileSync(new URL(`${runner}.json`, samples), 'utf8')),
    );
  });

  it.each([
    ['<testcase name="a"/>', 'pass'],
    ['<testcase name="a"><failure message="x"/></testcase>', 'fail', 'x'],
    ['<testcase name="a"><failure>\n  one\ntwo</failure></testcase>', 'fail', 'one'],
    ['<testcase name="a"><failure type="Boom"/></testcase>', 'fail', 'Boom'],
    ['<testcase name="a"><failure message="x"/><error message="y"/></testcase>', 'error', 'y'],
    ['<testcase name="a"><skipped/><failure message="x"/></testcase>', 'fail', 'x'],
    ['<testcase name="a"><skipped type="todo"/><failure message="x"/></testcase>', 'skip'],
    ['<testcase name="a"><flakyError message="x"/></testcase>', 'fail', 'passed only when it was run again: x'],
    ['<testcase name="a"><system-out><![CDATA[<failure/>]]></system-out></testcase>', 'pass'],
    ['<testcase name="a" status="failed"/>', 'fail'],
    ['<testcase name="a" result="error"/>', 'error'],
    ['<testcase name="a" status="toString"/>', 'pass'],
    ['<testcase name="a" status="notrun"/>', 'skip'],
    [
      '<testcase name="a" status="notrun"><skipped message="Required Files Missing"/></testcase>',
      'error',
      'Required Files Missing',
    ],
    ['<testcase name="a"><warning message="deprecated"/></testcase>', 'pass'],
  ] as const)('reads %s as %s', (testcase, status, message?: string) => check(testcase, status, message));

  it('cuts a message of 500 characters and more, never within a character', () => {
    const [test] = read(suite(`<testcase name="a"><failure message="${'x'.repeat(499)}😀"/></testcase>`)).tests;

    expect(test?.message).toBe('x'.repeat(499));
  });

  it('takes an error of a whole suite for a test that did not run', () => {
    const report = read(suite('<error message="no database"/><testcase name="a" classname="A"/>'));

    expect(report.tests.map(({ id, status }) => [id, status])).toEqual([
      ['A :: a', 'pass'],
      ['s :: (suite)', 'error'],
    ]);
  });

  it('merges a test that is there twice with the same outcome', () => {
    const report = read(suite('<testcase name="a" time="0.1"/><testcase name="a" time="0.2"/>'));

    expect(report.tests).toEqual([{ id: 's :: a', raw: 's :: a', status: 'pass', ms: 300, message: '' }]);
    expect(report.problems).toEqual([]);
  });

  it('trusts no test that is there twice with different outcomes', () => {
    const report = read(suite('<testcase name="a"/><testcase name="a"><failure message="x"/></testcase>'));

    expect(report.tests).toMatchObject([{ id: 's :: a', status: 'error', message: 'x' }]);
    expect(report.problems).toEqual([{ kind: 'duplicate', detail: 's :: a: fail, pass' }]);
  });

  it('tells a missing report from one without tests', () => {
    expect(readReports([]).problems).toMatchObject([{ kind: 'missing' }]);
    expect(read('<testsuites/>').problems).toMatchObject([{ kind: 'zero-tests' }]);
  });

  it.each([
    ['', 'truncated'],
    ['<testsuite name="s"><testcase na', 'truncated'],
    ['<testsuite name="s"><testcase name="a"><failure>half', 'truncated'],
    ['no XML at all', 'malformed'],
    ['<html/>', 'malformed'],
    ['<testsuite><testcase name="a"></testsuite>', 'malformed'],
    ['<!DOCTYPE testsuite><testsuite/>', 'hostile'],
    ['<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite name="&b;"/>', 'hostile'],
    ['<!DOCTYPE t SYSTEM "file:///etc/passwd"><testsuite/>', 'hostile'],
    ['<testsuite name="&xxe;"/>', 'hostile'],
  ])('calls %j %s', (text, kind) => {
    const report = read(text);

    expect(report.tests).toEqual([]);
    expect(report.problems.map((problem) => problem.kind)).toContain(kind);
  });

  it('keeps what was whole of a file that goes wrong', () => {
    const report = read('<testsuite><testcase name="a"/><testcase name="b"></oops>');

    expect(report.tests.map(({ id }) => id)).toEqual(['a']);
    expect(report.problems).toMatchObject([{ kind: 'malformed', detail: expect.stringContaining('a.xml: ') }]);
  });

  it.each<[keyof ReportLimits, string]>([
    ['fileBytes', suite('<testcase name="a"/><testcase name="b"/>')],
    ['depth', '<testsuite>'.repeat(12) + '</testsuite>'.repeat(12)],
    ['tests', suite('<testcase name="a"/>'.repeat(12))],
    ['nameLength', suite('<testcase name="a"/><testcase name="a long name"/>')],
  ])('keeps nothing of a file beyond the limit of %s', (limit, text) => {
    const report = read(text, { [limit]: 10 });

    expect(report.tests).toEqual([]);
    expect(report.problems.map(({ kind }) => kind)).toContain('hostile');
  });

  it('reads no more files than the limit', () => {
    const bytes = new TextEncoder().encode(suite('<testcase name="a"/>'));
    const files = ['1', '2', '3'].map((name) => ({ name, bytes }));

    expect(readReports(files, { ...REPORT_LIMITS, files: 2 }).problems).toMatchObject([{ kind: 'hostile' }]);
  });

  it('reads names in the encoding that the file declares', () => {
    const bytes = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="\u00e9"/></testsuite>',
      'latin1',
    );

    expect(read(bytes).tests).toMatchObject([{ id: '\u00e9' }]);
  });

  it('reads output with control characters', () => {
    const report = read(suite('<testcase name="a"><system-out>\u001b[31m &#0; \u0000</system-out></testcase>'));

    expect(report).toMatchObject({ tests: [{ status: 'pass' }], problems: [] });
  });

  it('keeps long names whole', () => {
    const name = 'x'.repeat(10_000);

    expect(read(suite(`<testcase name="${name}" classname="A"/>`)).tests[0]?.id).toBe(`A :: ${name}`);
  });
});
