import type { ReportProblem, TestReport, TestResult, TestStatus } from '../../domain/junit.ts';
import { compareText } from '../../util/canonical-json.ts';
import { parseFile } from './parse-file.ts';
import { type RawTest, REPORT_LIMITS, type ReportLimits } from './raw-test.ts';
import { toRawName, toTestId } from './test-id.ts';

export interface ReportFile {
  /** For people: it stands in the details of problems. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * What the JUnit files of one run say together. Never throws. Their order plays no part. A test that is there several times must have the same
 * outcome each time, else it is `error` and a problem.
 */
export function readReports(files: Iterable<ReportFile>, limits: ReportLimits = REPORT_LIMITS): TestReport {
  const tests: RawTest[] = [];
  const problems: ReportProblem[] = [];
  let count = 0;
  for (const { name, bytes } of files) {
    if (++count > limits.files) {
      problems.push({ kind: 'hostile', detail: `more than ${limits.files} files` });
      break;
    }
    const parsed = parseFile(bytes, limits);
    if (parsed.problem) problems.push({ kind: parsed.problem.kind, detail: `${name}: ${parsed.problem.why}` });
    for (const test of parsed.tests) tests.push(test);
    if (tests.length > limits.tests) return hostile(`more than ${limits.tests} tests`, problems);
  }
  const report = toReport(tests);
  if (count === 0) problems.push({ kind: 'missing', detail: 'the folder of reports is empty' });
  else if (tests.length === 0) problems.push({ kind: 'zero-tests', detail: `${count} files without a testcase` });
  return { tests: report.tests, problems: sortProblems([...problems, ...report.problems]) };
}

function hostile(detail: string, problems: readonly ReportProblem[]): TestReport {
  return { tests: [], problems: sortProblems([...problems, { kind: 'hostile', detail }]) };
}

/** Tests by id. Also what a printed report has to come back as. */
export function toReport(tests: readonly RawTest[]): TestReport {
  const byId = Map.groupBy(tests, toTestId);
  const problems = [...byId].flatMap(([id, same]): ReportProblem[] =>
    new Set(same.map(({ status }) => status)).size > 1
      ? [{ kind: 'duplicate', detail: `${id}: ${[...new Set(same.map(({ status }) => status))].sort().join(', ')}` }]
      : [],
  );
  return {
    tests: [...byId].map(([id, same]) => merge(id, same)).sort((a, b) => compareText(a.id, b.id)),
    problems: sortProblems(problems),
  };
}

function merge(id: string, same: readonly RawTest[]): TestResult {
  const [first] = same.map(toRawName).sort();
  const times = same.flatMap(({ ms }) => ms ?? []);
  const messages = same.map(({ message }) => message).filter((message) => message !== '');
  return {
    id,
    raw: first ?? id,
    status: statusOf(new Set(same.map(({ status }) => status))),
    // Whole microseconds, so that the order of a sum leaves no trace.
    ms: times.length === 0 ? null : times.reduce((sum, ms) => sum + Math.round(ms * 1e3), 0) / 1e3,
    message: messages.sort()[0] ?? '',
  };
}

function statusOf(statuses: ReadonlySet<TestStatus>): TestStatus {
  const [only] = statuses;
  return statuses.size === 1 && only !== undefined ? only : 'error';
}

function sortProblems(problems: readonly ReportProblem[]): ReportProblem[] {
  return [...problems].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.detail, b.detail));
}
