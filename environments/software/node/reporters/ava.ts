/**
 * For AVA's own process alone: its TAP reporter ends with "unacceptable kind of an object to dump" at the first test whose error has no second line in
 * its stack (supertap 3, js-yaml 3), and every later test is missing from the report.
 */
export const AVA_JS = `'use strict';
const { dirname } = require('path');

// Node 10 has no threads, nor createRequire.
function isInThread() {
  try {
    return !require('worker_threads').isMainThread;
  } catch {
    return false;
  }
}

function mend() {
  const from = (place, name) => require.resolve(name, { paths: [place] });
  const yaml = require(from(dirname(from(dirname(from(process.cwd(), 'ava')), 'supertap')), 'js-yaml'));
  const dump = yaml.safeDump;
  yaml.safeDump = (value, options) => dump(value, { skipInvalid: true, ...options });
}

process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS || '').replace('--require=' + __filename, '').trim();
if (!isInThread()) {
  try {
    mend();
  } catch {
    // Another AVA writes its reports in another way.
  }
}
`;
