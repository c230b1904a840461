import { z } from 'zod';

/** What a test did in one run. `error` is a test that did not end as a test: a crash, a set-up that failed. */
export const TestStatus = z.enum(['pass', 'fail', 'error', 'skip']);
export type TestStatus = z.infer<typeof TestStatus>;

/** One test of one run. */
export const TestResult = z.strictObject({
  /** Normalised: the same in every run. */
  id: z.string().min(1),
  /** As the report has it: "suite :: classname :: name", without what is empty. */
  raw: z.string().min(1),
  status: TestStatus,
  /** As the report says, in milliseconds; null where it does not. */
  ms: z.number().nullable(),
  /** The first line of a failure, cut at 500 characters; empty for others. */
  message: z.string(),
});
export type TestResult = z.infer<typeof TestResult>;

/** What is wrong with the reports of a run: the closed list. */
export const reportProblems = {
  missing: 'no report was written',
  'zero-tests': 'the reports hold no test',
  truncated: 'a report ends before its time',
  malformed: 'a report is not JUnit XML',
  hostile: 'a report has a document type, entities, or breaks a limit on size or depth',
  duplicate: 'a test is there twice, with different outcomes',
} as const satisfies Readonly<Record<string, string>>;
export const ReportProblemKind = z.enum(
  Object.keys(reportProblems) as [keyof typeof reportProblems, ...(keyof typeof reportProblems)[]],
);

export const ReportProblem = z.strictObject({ kind: ReportProblemKind, detail: z.string() });
export type ReportProblem = z.infer<typeof ReportProblem>;

/** What the reports of one run say together. Tests are sorted by id, each id once. */
export const TestReport = z.strictObject({ tests: z.array(TestResult), problems: z.array(ReportProblem) });
export type TestReport = z.infer<typeof TestReport>;
