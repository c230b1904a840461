/** A reporter of Jasmine. */
export const JASMINE_JS = String.raw`'use strict';
const { write, relative } = require('./xml.cjs');

const states = { passed: 'pass', failed: 'fail', pending: 'skip', excluded: 'skip' };

module.exports = class Reporter {
  constructor() {
    this.cases = [];
  }
  specDone(spec) {
    const status = states[spec.status] || 'error';
    const failure = (spec.failedExpectations || [])[0];
    this.cases.push({ file: relative(spec.filename), name: spec.fullName, status, ms: spec.duration, message: failure && failure.message });
    process.stdout.write(status + ' ' + spec.fullName + '\n' + (failure ? failure.stack + '\n' : ''));
  }
  jasmineDone(run) {
    for (const failure of run.failedExpectations || []) this.cases.push({ file: '', name: '(load)', status: 'error', message: failure.message });
    write('jasmine.xml', this.cases);
  }
};
`;
