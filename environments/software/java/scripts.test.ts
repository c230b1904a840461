import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readReports } from '../../../src/engine/junit/read-reports.ts';
import { collect, listen, prepare, SAMPLE_TESTS } from './scripts.ts';

describe('SAMPLE_TESTS', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-sample-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('names the smallest three of thousands of tests, and ends well', () => {
    const folder = join(root, 'src/test/java');
    mkdirSync(folder, { recursive: true });
    for (let index = 0; index < 3000; index++) {
      const padding = '/'.repeat(index % 1000 === 7 ? 0 : 100);
      writeFileSync(join(folder, `A${index}Test.java`), `class A${index}Test {} ${padding}`);
    }

    const said = execFileSync('bash', ['-c', `set -euo pipefail\n${SAMPLE_TESTS}\nsample ${root}`], {
      encoding: 'utf8',
    });

    expect(said.trim().split('\n').sort()).toEqual(['A1007Test', 'A2007Test', 'A7Test']);
  });
});

describe('listen and collect', () => {
  const root = mkdtempSync(join(tmpdir(), 'envmint-listen-'));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** What a tool's run is taken for that prints `log` and leaves `report`. */
  function run(log: string, report = '<testsuite name="s"><testcase classname="a.FooTest" name="one"/></testsuite>') {
    const pattern = '*/target/TEST-*.xml';
    const reports = join(root, 'reports');
    mkdirSync(join(root, 'a/target'), { recursive: true });
    mkdirSync(reports);
    writeFileSync(join(root, 'log'), log);
    const tool = report === '' ? 'cat log' : `cat log; echo '${report}' > a/target/TEST-a.FooTest.xml`;
    const script = [prepare(pattern), listen(tool), collect(pattern)].join('\n');
    spawnSync('bash', ['-euo', 'pipefail', '-c', `ENVMINT_REPORTS=${reports}\n${script}`], { cwd: root });
    return readReports(readdirSync(reports).map((name) => ({ name, bytes: readFileSync(join(reports, name)) })));
  }

  it('takes the reports of a run that came to its end', () => {
    const { tests, problems } = run('[INFO] Tests run: 1\n');

    expect(tests.map(({ status }) => status)).toEqual(['pass']);
    expect(problems).toEqual([]);
  });

  it.each([
    '[ERROR] There was an error in the forked process\n[ERROR] Java heap space\n',
    '[ERROR] The forked VM terminated without properly saying goodbye. VM crash or System.exit called?\n',
    "> Process 'Gradle Test Executor 3' finished with non-zero exit value 134\n",
  ])('says that reports break off where the process of the tests died: %s', (log) => {
    const { tests, problems } = run(log);

    expect(tests).toHaveLength(1);
    expect(problems.map(({ kind }) => kind)).toEqual(['truncated']);
  });

  const unbuilt = [
    '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.8.1:testCompile (default-testCompile) on project b: Compilation failure\n',
    '[ERROR] Failed to execute goal org.jetbrains.kotlin:kotlin-maven-plugin:1.9.0:test-compile (test-compile) on project b: Compilation failure\n',
    "> Task :b:compileTestJava FAILED\n* What went wrong:\nExecution failed for task ':b:compileTestJava'.\n",
  ];

  it.each(unbuilt)('says so where a part of the build did not compile: %s', (log) => {
    const { tests, problems } = run(log);

    expect(tests.map(({ id, status }) => [id, status])).toEqual([
      ['a.FooTest :: one', 'pass'],
      ['build :: (build)', 'error'],
    ]);
    expect(problems).toEqual([]);
  });

  it.each(unbuilt)('leaves no report where nothing ran because it did not compile: %s', (log) => {
    expect(run(log, '').tests).toEqual([]);
  });

  it('says that reports that hide a failure are not what the tool wrote', () => {
    const { problems } = run('[ERROR] Tests run: 1, Errors: 1 <<< ERROR! -- in a.FooTest\n');

    expect(problems.map(({ kind }) => kind)).toEqual(['malformed']);
  });
});
