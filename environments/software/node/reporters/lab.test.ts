import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LAB_JS, LAB_RUN_JS } from './lab.ts';
import { XML_JS } from './xml.ts';

/** Calls its reporter as lab does; a file that is named "bad" does not load. */
const LAB = `#!/usr/bin/env node
const words = process.argv.slice(2);
const file = words.at(-1);
if (file === 'bad.js') process.exit(1);
const Reporter = require(words[words.indexOf('--reporter') + 1]);
const reporter = new Reporter({});
const tests = [
  { title: 'adds ' + words[0], duration: 12 },
  { title: 'fails', err: new Error('1 is not 2') },
  { title: 'later', todo: true },
  { title: 'x'.repeat(20000) + 1, duration: 0 },
  { title: 'x'.repeat(20000) + 2, duration: 0 },
];
reporter.start({});
for (const test of tests) reporter.test(test);
reporter.end({ tests, errors: [new Error('after')] });
process.exit(1);
`;

describe('LAB_RUN_JS', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-lab-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('reports the tests of each file, and files that do not load', () => {
    const reports = join(root, 'reports');
    mkdirSync(reports);
    const files = { 'lab.cjs': LAB_JS, 'lab-run.cjs': LAB_RUN_JS, 'xml.cjs': XML_JS, lab: LAB };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    chmodSync(join(root, 'lab'), 0o755);
    const env = { PATH: [root, dirname(process.execPath), '/usr/bin', '/bin'].join(':'), ENVMINT_REPORTS: reports };
    const run = () =>
      execFileSync(process.execPath, [join(root, 'lab-run.cjs'), '-l', '--files', 'a.js', 'bad.js'], {
        env,
        stdio: 'pipe',
      });

    expect(run).toThrow(/Command failed/);
    expect(readdirSync(reports).sort()).toEqual(['lab-0.xml', 'lab-1.xml']);
    const cases = (at: number) =>
      readFileSync(join(reports, `lab-${at}.xml`), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('<testcase'));
    const isLong = (line: string) => line.includes('name="xxx');
    expect(cases(0).filter((line) => !isLong(line))).toEqual([
      '<testcase classname="a.js" name="adds -l" time="0.012"/>',
      '<testcase classname="a.js" name="fails" time="0"><failure message="1 is not 2"/></testcase>',
      '<testcase classname="a.js" name="later" time="0"><skipped/></testcase>',
      '<testcase classname="a.js" name="(hooks)" time="0"><error message="after"/></testcase>',
    ]);
    expect(new Set(cases(0).filter(isLong)).size).toBe(2);
    expect(Math.max(...cases(0).map((line) => line.length))).toBeLessThan(4100);
    expect(cases(1)).toEqual([
      '<testcase classname="bad.js" name="(load)" time="0"><error message="ended with 1"/></testcase>',
    ]);
  });
});
