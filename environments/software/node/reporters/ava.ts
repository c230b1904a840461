/**
 * For AVA's own process alone: its TAP reporter ends with "unacceptable kind of an object to dump" at the first test whose error has no second line in
 * its stack (supertap 3, js-yaml 3), and every later test is missing from the report.
 */
export const AVA_JS = `'use strict';
const { createRequire } = require('module');
const { isMainThread } = require('worker_threads');

function mend() {
  const ava = createRequire(process.cwd() + '/package.json').resolve('ava');
  const yaml = createRequire(createRequire(ava).resolve('supertap'))('js-yaml');
  const dump = yaml.safeDump;
  yaml.safeDump = (value, options) => dump(value, { skipInvalid: true, ...options });
}

process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS || '').replace('--require=' + __filename, '').trim();
if (isMainThread) {
  try {
    mend();
  } catch {
    // Another AVA writes its reports in another way.
  }
}
`;
