/** JUnit out of cases, for reporters that run inside of test runners: everything that it needs is taken before any test is loaded. */
export const XML_JS = String.raw`'use strict';
const fs = require('fs');
const path = require('path');
const { createHash } = require('crypto');
const { writeFileSync, renameSync } = fs;
const folder = process.env.ENVMINT_REPORTS;
delete process.env.ENVMINT_REPORTS;
const root = process.cwd();

const escape = (text) =>
  String(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');

const tags = { fail: 'failure', error: 'error', skip: 'skipped' };

/** Some tests are named by all of the code that they are about: what is cut keeps them apart. */
function cut(name) {
  const text = String(name);
  return text.length <= 4000 ? text : text.slice(0, 4000) + '… ' + createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function toCase({ file, name, status, ms, message }) {
  const head = '<testcase classname="' + escape(file) + '" name="' + escape(cut(name)) + '" time="' + (ms || 0) / 1000 + '"';
  if (status === 'pass') return head + '/>';
  const text = escape(String(message || '').slice(0, 8000));
  return head + '><' + tags[status] + (status === 'skip' ? '' : ' message="' + text + '"') + '/></testcase>';
}

/** Cases are { file, name, status: pass | fail | error | skip, ms, message }. */
function write(report, cases) {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="" tests="' + cases.length + '">\n' +
    cases.map(toCase).join('\n') + '\n</testsuite>\n</testsuites>\n';
  const target = path.join(folder, report);
  writeFileSync(target + '.part', text);
  renameSync(target + '.part', target);
}

const relative = (file) => (file ? path.relative(root, String(file)).split(path.sep).join('/') : '');

module.exports = { write, relative };
`;
