import type { AnswerPart, AnswerShape } from '../../domain/answer.ts';

/** What a check calls the rows of `part`: `answer` where it is the only part, else `answer_<part>`. */
export function cteName(shape: AnswerShape, part: string): string {
  return shape.parts.length === 1 ? 'answer' : `answer_${part}`;
}

/**
 * The common table expressions put in front of each check: a row for each object of the answer `:answer`, a column for each of its properties.
 * `LIMIT -1` limits nothing, but keeps SQLite from merging the expression into each query that reads it, so that the answer is parsed once.
 */
export function answerCte(shape: AnswerShape): string {
  const tables = shape.parts.map((part) => {
    const source = shape.parts.length === 1 ? ':answer' : `:answer, '$.${part.name}'`;
    return `${cteName(shape, part.name)} AS (SELECT ${columns(part)} FROM json_each(${source}) LIMIT -1)`;
  });
  const [first] = shape.parts;
  const alias = first && shape.parts.length === 1 ? [`answer_${first.name} AS (SELECT * FROM answer)`] : [];
  return `WITH ${[...tables, ...alias].join(',\n')}`;
}

function columns({ key, fields }: AnswerPart): string {
  const names = [key.field, ...fields.map((field) => field.name)];
  return names.map((name) => `json_extract(value, '$.${name}') AS "${name}"`).join(', ');
}
