import { AVA_JS } from './ava.ts';
import { JASMINE_JS } from './jasmine.ts';
import { JEST_JS } from './jest.ts';
import { LAB_JS, LAB_RUN_JS } from './lab.ts';
import { MOCHA_JS, MOCHA_RUN_JS } from './mocha.ts';
import { NODE_TEST_JS } from './node-test.ts';
import { TAP_PY } from './tap-py.ts';
import { XML_JS } from './xml.ts';

/** What runs in containers to get JUnit out of every runner, by the name of its file. */
export const REPORTER_FILES: Readonly<Record<string, string>> = {
  'ava.cjs': AVA_JS,
  'xml.cjs': XML_JS,
  'jest.cjs': JEST_JS,
  'lab.cjs': LAB_JS,
  'lab-run.cjs': LAB_RUN_JS,
  'mocha.cjs': MOCHA_JS,
  'mocha-run.cjs': MOCHA_RUN_JS,
  'node-test.cjs': NODE_TEST_JS,
  'jasmine.cjs': JASMINE_JS,
  'tap.py': TAP_PY,
};
