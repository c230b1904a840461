import type { TestStatus } from '../../domain/junit.ts';

/** One testcase as a report has it, before it has an id. */
export interface RawTest {
  /** Names of the suites around it, outermost first, without empty ones. */
  readonly suites: readonly string[];
  /** Its own `file`, or that of the nearest suite; "" where there is none. */
  readonly file: string;
  readonly classname: string;
  readonly name: string;
  readonly status: TestStatus;
  readonly ms: number | null;
  readonly message: string;
  /** The day that its suite says it ran on, in days since 1970. Undefined where it does not say. */
  readonly day: number | undefined;
}

/** What reports may cost. Beyond that they are hostile: no suite that we have seen comes near. */
export interface ReportLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly depth: number;
  readonly tests: number;
  /** Of a name, a class name or a file name, in UTF-16 units. */
  readonly nameLength: number;
}

export const REPORT_LIMITS: ReportLimits = {
  files: 20_000,
  fileBytes: 64 * 1024 * 1024,
  depth: 64,
  tests: 300_000,
  nameLength: 16 * 1024,
};

/** Of a failure's first line, in UTF-16 units. */
export const MESSAGE_LENGTH = 500;
