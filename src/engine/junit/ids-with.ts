import type { TestReport, TestStatus } from '../../domain/junit.ts';

/** The ids of the tests that ended in one of these ways. */
export function idsWith({ tests }: TestReport, ...statuses: readonly TestStatus[]): Set<string> {
  return new Set(tests.flatMap(({ id, status }) => (statuses.includes(status) ? [id] : [])));
}
