import type { AnswerPart, AnswerShape } from '../../domain/answer.ts';
import type { Check } from '../../domain/task.ts';
import type { Table } from '../../domain/world.ts';
import { cteName, lookupName, nameLookup } from './answer-cte.ts';

/**
 * The checks that come before all rules: each key once, each name in its table (compared byte by byte).
 * That every key is there at all is the schema's work: it fixes the number of rows and the keys that may stand in them.
 * Throws RangeError where a field points to no column of `tables`.
 */
export function integrityChecks(shape: AnswerShape, tables: readonly Table[]): Check[] {
  return shape.parts.flatMap((part) => [keyCheck(shape, part), ...nameChecks(shape, part, tables)]);
}

/** An answer of one part is the list itself, without a key. */
function listName({ parts }: AnswerShape, name: string): string {
  return parts.length === 1 ? 'the list' : `"${name}"`;
}

function keyCheck(shape: AnswerShape, { name, key }: AnswerPart): Check {
  const column = `"${key.field}"`;
  return check(
    `once-${name}`,
    `Each ${words(key.field)} appears exactly once in ${listName(shape, name)}.`,
    `SELECT ${column}, count(*) AS times FROM ${cteName(shape, name)} GROUP BY ${column} HAVING count(*) <> 1`,
  );
}

function nameChecks(shape: AnswerShape, part: AnswerPart, tables: readonly Table[]): Check[] {
  return part.fields.flatMap(({ name, domain }) => {
    if (!('table' in domain)) return [];
    const table = tables.find((each) => each.name === domain.table);
    if (!table?.columns.some((column) => column.name === domain.column)) {
      throw new RangeError(
        `field ${part.name}.${name} takes names of ${domain.table}.${domain.column}, which is no column`,
      );
    }
    const known = nameLookup(part, name);
    const sql = `SELECT "${part.key.field}", "${name}" FROM ${cteName(shape, part.name)} WHERE "${known && lookupName(known)}" IS NULL`;
    return [
      check(
        `known-${part.name}-${name}`,
        `Each ${words(name)} in ${listName(shape, part.name)} is the exact name of an existing ${words(domain.table)}.`,
        sql,
      ),
    ];
  });
}

function check(id: string, says: string, sql: string): Check {
  return { id: id.replaceAll('_', '-'), says, sql, weight: 1, stage: 'integrity', origin: 'integrity' };
}

const words = (name: string): string => name.replaceAll('_', ' ');
