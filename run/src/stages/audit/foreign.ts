import type { Environment } from '../../domain/environment.ts';
import type { Check, Task } from '../../domain/task.ts';
import { answerCte } from '../../engine/answer/answer-cte.ts';
import { integrityChecks } from '../../engine/answer/integrity.ts';
import { lookupsOf, toSql } from '../../engine/constraints/sql/index.ts';

/**
 * The checks whose SQL is not, word for word, what this engine writes for their constraint. What is written otherwise may be right, but it
 * has to be shown: no number of answers that agree rules out a case that was put in by hand.
 */
export function foreignChecks({ answer, checks }: Task, { tables }: Pick<Environment, 'tables'>): Check[] {
  const constraints = checks.flatMap((check) => check.constraint ?? []);
  if (answer.cte !== answerCte(answer.shape, lookupsOf(answer.shape, constraints))) return [...checks];
  const integrity = new Map(integrityChecks(answer.shape, tables).map((check) => [check.id, check.sql]));
  return checks.filter(({ id, sql, constraint }) =>
    constraint ? sql !== toSql(answer.shape, constraint) : sql !== integrity.get(id),
  );
}
