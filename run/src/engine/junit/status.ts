import type { TestStatus } from '../../domain/junit.ts';
import { MESSAGE_LENGTH } from './raw-test.ts';

/** What an element inside a testcase says of it. */
export type MarkKind = 'failure' | 'error' | 'skipped' | 'flaky' | 'warning';

export interface Mark {
  readonly kind: MarkKind;
  readonly type: string;
  readonly message: string;
  text: string;
}

const marks: Readonly<Record<string, MarkKind>> = {
  failure: 'failure',
  error: 'error',
  skipped: 'skipped',
  flakyFailure: 'flaky',
  flakyError: 'flaky',
  warning: 'warning',
};

/** Undefined for elements that say nothing of the outcome, `rerunFailure` among them: it stands beside a failure. */
export function markOf(element: string): MarkKind | undefined {
  return Object.hasOwn(marks, element) ? marks[element] : undefined;
}

/** `status` and `result` attributes, where no element tells more: ctest, GoogleTest, and writers of their own. */
const words: Readonly<Record<string, TestStatus>> = {
  fail: 'fail',
  failed: 'fail',
  failure: 'fail',
  error: 'error',
  errored: 'error',
  broken: 'error',
  skip: 'skip',
  skipped: 'skip',
  disabled: 'skip',
  suppressed: 'skip',
  ignored: 'skip',
  pending: 'skip',
  todo: 'skip',
  notrun: 'skip',
};

type Attributes = Readonly<Record<string, string>>;

/**
 * The status and the first line of what went wrong. A test that failed and passed when it was run again (Surefire's flakyFailure) is
 * `fail`: its pass is no evidence.
 */
export function judgeCase(attributes: Attributes, found: readonly Mark[]): { status: TestStatus; message: string } {
  const status = statusOf(attributes, found);
  return { status, message: status === 'fail' || status === 'error' ? messageOf(found) : '' };
}

function statusOf(attributes: Attributes, found: readonly Mark[]): TestStatus {
  const skipped = found.find(({ kind }) => kind === 'skipped');
  // `node --test` writes both for a todo that fails, and lets it pass.
  if (skipped?.type === 'todo') return 'skip';
  const has = (kind: MarkKind) => found.some((mark) => mark.kind === kind);
  if (has('error')) return 'error';
  if (has('failure') || has('flaky')) return 'fail';
  if (skipped) return isBrokenNotrun(attributes, skipped) ? 'error' : 'skip';
  if (has('warning') && isWarningCase(attributes)) return 'error';
  return wordOf(attributes.result) ?? wordOf(attributes.status) ?? 'pass';
}

/** Ctest writes `skipped` also for a test whose program is not there; a wanted skip says so. */
function isBrokenNotrun(attributes: Attributes, skipped: Mark): boolean {
  if (attributes.status !== 'notrun' || attributes.result !== undefined) return false;
  return !/^(SKIP_|disabled|$)/i.test(skipped.message.trim());
}

/** PHPUnit up to 9 writes a test named "Warning" for a class without tests; other warnings are remarks on a test that passed. */
function isWarningCase(attributes: Attributes): boolean {
  return attributes.name === 'Warning' || /WarningTestCase$/.test(attributes.classname ?? '');
}

function wordOf(value: string | undefined): TestStatus | undefined {
  const word = value?.trim().toLowerCase();
  return word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}

function messageOf(found: readonly Mark[]): string {
  const mark = ['error', 'failure', 'flaky', 'skipped', 'warning']
    .map((kind) => found.find((each) => each.kind === kind))
    .find((each) => each !== undefined);
  if (mark === undefined) return '';
  const line = firstLine(mark.message) || firstLine(mark.text) || mark.type.trim();
  return mark.kind === 'flaky' ? cut(`passed only when it was run again: ${line}`) : cut(line);
}

function firstLine(text: string): string {
  return /\S.*/.exec(text)?.[0].trim() ?? '';
}

function cut(line: string): string {
  return line.slice(0, MESSAGE_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}
