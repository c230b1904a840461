import type { RawTest } from './raw-test.ts';

/** A JUnit file that reads as these tests: `readReports` of it is `toReport` of them. The day of a test is kept as its suite's timestamp. */
export function printReport(tests: readonly RawTest[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${tests.map(printTest).join('')}</testsuites>\n`;
}

function printTest(test: RawTest): string {
  const timestamp = test.day === undefined ? undefined : new Date(test.day * 86_400_000).toISOString().slice(0, 19);
  const dated = timestamp === undefined ? '' : `<testsuite timestamp="${timestamp}">`;
  const open = test.suites.map((name) => `<testsuite name="${encode(name)}">`).join('');
  const attributes = [
    ['name', test.name],
    ['classname', test.classname],
    ['file', test.file],
    ['time', test.ms === null ? '' : String(test.ms / 1000)],
  ].flatMap(([key, value]) => (value ? `${key}="${encode(value)}"` : []));
  const close = '</testsuite>'.repeat(test.suites.length + (dated === '' ? 0 : 1));
  return `${dated}${open}<testcase ${attributes.join(' ')}>${printMark(test)}</testcase>${close}\n`;
}

function printMark({ status, message }: RawTest): string {
  if (status === 'pass') return '';
  if (status === 'skip') return '<skipped/>';
  return `<${status === 'fail' ? 'failure' : 'error'} message="${encode(message)}"/>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** White space as references, which attributes keep; what XML cannot say becomes U+FFFD. */
function encode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
    .replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`)
    .replace(/[^\u0020-\uFFFD\u{10000}-\u{10FFFF}&#;]/gu, '\uFFFD');
}
