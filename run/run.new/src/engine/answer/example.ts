import type { AnswerField, AnswerPart, AnswerShape } from '../../domain/answer.ts';

/**
 * An answer for the prompt that shows the form and cannot be a solution: only the first key of each part,
 * and placeholders (`<hotel name>`, `<integer 0 to 600>`) for all values, which no schema of `answerSchema` lets pass.
 */
export function exampleAnswer(shape: AnswerShape): unknown {
  const [first] = shape.parts;
  if (first && shape.parts.length === 1) return exampleRows(first);
  return Object.fromEntries(shape.parts.map((part) => [part.name, exampleRows(part)]));
}

function exampleRows({ key, fields }: AnswerPart): unknown[] {
  const entries = fields.map((field): [string, unknown] => [field.name, placeholder(field)]);
  return [Object.fromEntries([[key.field, key.values[0]], ...entries])];
}

function placeholder({ name, domain }: AnswerField): string {
  if ('table' in domain) return `<${name.replaceAll('_', ' ')} ${domain.column.replaceAll('_', ' ')}>`;
  return `<integer ${domain.min} to ${domain.max}>`;
}
