import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOCHA_JS, MOCHA_RUN_JS } from './mocha.ts';

/** As Mocha's own: a getter without an argument, a setter with one. */
function runnable(ms: number) {
  let limit = ms;
  return {
    timeout(value?: number) {
      if (value !== undefined) limit = value;
      return limit;
    },
  };
}

describe('MOCHA_JS', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'envmint-mocha-'));
    writeFileSync(join(root, 'mocha.cjs'), MOCHA_JS);
    const xml = `exports.relative = (path) => path;
exports.write = (name, cases) => require('fs').writeFileSync(require('path').join(__dirname, 'cases.json'), JSON.stringify([name, cases]));`;
    writeFileSync(join(root, 'xml.cjs'), xml);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  function report(): EventEmitter {
    const Reporter = createRequire(join(root, 'x.js'))('./mocha.cjs') as new (runner: EventEmitter) => unknown;
    const runner = new EventEmitter();
    new Reporter(runner);
    return runner;
  }

  it('gives tests and hooks ten times their time, and leaves those without an end alone', () => {
    const runner = report();
    const [test, hook, endless] = [runnable(2000), runnable(500), runnable(0)];
    runner.emit('test', test);
    runner.emit('hook', hook);
    runner.emit('test', endless);

    expect([test, hook, endless].map((one) => one.timeout())).toEqual([20_000, 5000, 0]);
  });

  it('reports what failed, and in which file', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const runner = report();
    const suite = { title: 'a', file: 'test/a.js', parent: { title: '' } };
    runner.emit('fail', { title: 'b', parent: suite, duration: 3, type: 'test' }, new Error('no'));
    runner.emit('end');

    const written = JSON.parse(readFileSync(join(root, 'cases.json'), 'utf8'));
    expect(written).toMatchObject(['mocha.xml', [{ file: 'test/a.js', name: 'a > b', status: 'fail', ms: 3 }]]);
  });
});

describe('MOCHA_RUN_JS', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'envmint-mocha-run-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('starts the mocha of the project, of any age, also under Node 10, which has no createRequire', () => {
    const files = {
      'tools/old.cjs': "delete require('module').createRequire;",
      'tools/run.cjs': MOCHA_RUN_JS,
      'tools/xml.cjs': '',
      'project/package.json': '{}',
      'project/node_modules/mocha/package.json': '{ "version": "5.2.0" }',
      // As Mocha 1 does.
      'project/node_modules/mocha/bin/mocha': `const args = process.argv.slice(2);
const opts = require('fs').readFileSync(args[args.indexOf('--opts') + 1], 'utf8').trim().split(/\\s+/);
console.log(JSON.stringify(opts.concat(args)));`,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const args = [
      '--require',
      join(root, 'tools/old.cjs'),
      join(root, 'tools/run.cjs'),
      '--harmony',
      '--files',
      'a.js',
    ];
    const said = execFileSync(process.execPath, args, { cwd: join(root, 'project'), encoding: 'utf8' });

    expect(JSON.parse(said)).toEqual(expect.arrayContaining(['--harmony', join(root, 'tools/mocha.cjs'), 'a.js']));
    expect(JSON.parse(said)).not.toContain('');
  });
});
