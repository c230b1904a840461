/** A reporter of Jest: the same names in every version from 20 on, by file. */
export const JEST_JS = `'use strict';
const { write, relative } = require('./xml.cjs');

const states = { passed: 'pass', failed: 'fail', pending: 'skip', skipped: 'skip', todo: 'skip', disabled: 'skip' };

class Reporter {
  onRunComplete(_contexts, results) {
    const cases = [];
    for (const suite of results.testResults) {
      const file = relative(suite.testFilePath);
      for (const test of suite.testResults) {
        const name = [...(test.ancestorTitles || []), test.title].join(' > ');
        cases.push({ file, name, status: states[test.status] || 'error', ms: test.duration, message: (test.failureMessages || [])[0] });
      }
      const broken = suite.testExecError || (suite.testResults.length === 0 && suite.failureMessage);
      if (broken) cases.push({ file, name: '(file)', status: 'error', message: broken.message || suite.failureMessage });
    }
    write('jest.xml', cases);
  }
}

module.exports = Reporter;
`;
