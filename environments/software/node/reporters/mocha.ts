/** A reporter of Mocha, which needs nothing of Mocha's own, so that it fits every version. */
export const MOCHA_JS = String.raw`'use strict';
const { write, relative } = require('./xml.cjs');

function titles(test) {
  const names = [];
  for (let at = test; at && at.title !== ''; at = at.parent) names.unshift(at.title);
  return names.join(' > ');
}

function fileOf(test) {
  for (let at = test; at; at = at.parent) if (at.file) return relative(at.file);
  return '';
}

module.exports = function Reporter(runner) {
  const cases = [];
  const add = (test, status, error) =>
    cases.push({
      file: fileOf(test),
      name: titles(test),
      status,
      ms: test.duration,
      message: error && (error.stack || error.message || error),
    });
  // Times that the project's machines keep are missed where many containers share one: tests and hooks get ten times theirs.
  const lengthen = (runnable) => {
    const ms = runnable.timeout();
    if (ms > 0) runnable.timeout(10 * ms);
  };
  runner.on('test', lengthen);
  runner.on('hook', lengthen);
  runner.on('pass', (test) => {
    add(test, 'pass');
    process.stdout.write('ok ' + titles(test) + '\n');
  });
  runner.on('fail', (test, error) => {
    add(test, test.type === 'hook' ? 'error' : 'fail', error);
    process.stdout.write('not ok ' + titles(test) + '\n' + (error && error.stack) + '\n');
  });
  runner.on('pending', (test) => add(test, 'skip'));
  runner.once('end', () => write('mocha.xml', cases));
};
`;

/** Starts Mocha with the project's own configuration, but for the files that it names: only those that are given are run. */
export const MOCHA_RUN_JS = `'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const args = process.argv.slice(2);
const cut = args.indexOf('--files');
const flags = args.slice(0, cut);
const files = args.slice(cut + 1);
const manifest = path.join(process.cwd(), 'package.json');
// Mocha's own repository is tested by itself.
const isItself = fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, 'utf8')).name === 'mocha';
const home = isItself ? process.cwd() : path.dirname(require.resolve('mocha/package.json', { paths: [process.cwd()] }));
const major = Number(JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')).version.split('.')[0]);
const own = ['--reporter', path.join(__dirname, 'mocha.cjs')];

if (major >= 6) {
  const options = require(path.join(home, 'lib/cli/options.js'));
  const at = flags.indexOf('--config');
  const config = { ...(options.loadPkgRc({}) || {}), ...(options.loadRc(at < 0 ? {} : { config: flags[at + 1] }) || {}) };
  if (at >= 0) flags.splice(at, 2);
  for (const name of ['spec', '_', 'reporter', 'R', 'reporter-option', 'reporter-options', 'reporterOptions', 'reporterOption', 'O', 'parallel', 'p', 'jobs', 'j', 'bail', 'b', 'watch', 'w', 'package', 'config', 'forbid-only', 'forbidOnly']) delete config[name];
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mocha-')), 'mocharc.json');
  fs.writeFileSync(file, JSON.stringify(config));
  own.push('--config', file, '--no-package', '--no-opts');
} else {
  const none = path.join(os.tmpdir(), 'mocha-' + process.pid + '.opts');
  // Of an empty file, Mocha 1 would take the nothing in it for a path.
  fs.writeFileSync(none, own.join(' '));
  own.push('--opts', none);
}
const program = ['bin/mocha.js', 'bin/mocha'].map((name) => path.join(home, name)).find((name) => fs.existsSync(name));
// Required first, it takes the variable with the folder of the reports before any other required module can see it.
const first = ['--require', path.join(__dirname, 'xml.cjs')];
const run = spawnSync(process.execPath, [program, ...first, ...flags, ...own, ...files], { stdio: 'inherit' });
process.exit(run.status === null ? 1 : run.status);
`;
