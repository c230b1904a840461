// Prints the counts of a vitest JSON report as one line; fails unless tests passed and none failed. Runs on any Node.
import { readFileSync } from 'node:fs';

const counts = count(process.argv[2]);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

function count(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    // A file that could not be loaded has no tests to count, but it failed.
    const brokenFiles = report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles.length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  } catch (error) {
    console.error(`no test report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
