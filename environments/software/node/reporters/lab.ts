/** A reporter of lab, which knows no files: LAB_RUN_JS says which one it runs. */
export const LAB_JS = String.raw`'use strict';
const { write } = require('./xml.cjs');
const [number, file] = [process.env.ENVMINT_NUMBER, process.env.ENVMINT_FILE || ''];
delete process.env.ENVMINT_NUMBER;
delete process.env.ENVMINT_FILE;

function toCase(test) {
  const status = test.skipped || test.todo ? 'skip' : test.err ? 'fail' : 'pass';
  return { file, name: test.title, status, ms: test.duration, message: test.err && (test.err.message || String(test.err)) };
}

module.exports = class Reporter {
  start() {}
  test(test) {
    const { status, name, message } = toCase(test);
    process.stdout.write(status + ' ' + name + '\n' + (message ? (test.err.stack || message) + '\n' : ''));
  }
  end(notebook) {
    const errors = (notebook.errors || []).map((error) => ({ file, name: '(hooks)', status: 'error', message: error.message || String(error) }));
    write('lab-' + number + '.xml', [...notebook.tests.map(toCase), ...errors]);
  }
};
`;

/** Runs lab once for each file: "lab-run.cjs FLAGS --files FILE…", or for whatever it finds by itself where there is none. */
export const LAB_RUN_JS = `'use strict';
const { spawnSync } = require('child_process');
const { existsSync } = require('fs');
const path = require('path');
const reports = process.env.ENVMINT_REPORTS;
const { write } = require('./xml.cjs');
const words = process.argv.slice(2);
const cut = words.indexOf('--files');
const flags = [...words.slice(0, cut), '--reporter', path.join(__dirname, 'lab.cjs')];
const files = words.slice(cut + 1);
let code = 0;
(files.length === 0 ? [''] : files).forEach((file, number) => {
  const env = Object.assign({}, process.env, { ENVMINT_REPORTS: reports, ENVMINT_NUMBER: String(number), ENVMINT_FILE: file });
  const ended = spawnSync('lab', [...flags, ...(file === '' ? [] : [file])], { env, stdio: 'inherit' });
  if (ended.status !== 0) code = 1;
  const report = 'lab-' + number + '.xml';
  if (!existsSync(path.join(reports, report))) write(report, [{ file, name: '(load)', status: 'error', message: 'ended with ' + (ended.signal || ended.status) }]);
});
process.exitCode = code;
`;
