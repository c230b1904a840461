/** A reporter of Node's own runner: names with those of the suites above, by file, and nothing for suites themselves. */
export const NODE_TEST_JS = String.raw`'use strict';
const { write, relative } = require('./xml.cjs');

module.exports = async function* report(source) {
  const cases = [];
  const open = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') {
      open.length = data.nesting;
      open[data.nesting] = data.name;
    }
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { details = {}, nesting, name } = data;
    const error = details.error && (details.error.cause || details.error);
    const isSuite = details.type === 'suite';
    const file = relative(data.file);
    const failedByTests = details.error && details.error.failureType === 'subtestsFailed';
    if ((isSuite && type === 'test:pass') || failedByTests) continue;
    // Before Node 20 a file is a test as well, around its tests.
    if (nesting === 0 && relative(name) === file && type === 'test:pass' && cases.some((other) => other.file === file)) continue;
    const status = data.skip !== undefined || data.todo !== undefined ? 'skip' : type === 'test:pass' ? 'pass' : isSuite ? 'error' : 'fail';
    const message = error && (error.stack || error.message || error);
    cases.push({ file, name: [...open.slice(0, nesting), name].join(' > '), status, ms: details.duration_ms, message });
    yield (status === 'pass' ? 'ok ' : status + ' ') + name + '\n' + (message ? message + '\n' : '');
  }
  write('node.xml', cases);
};
`;
