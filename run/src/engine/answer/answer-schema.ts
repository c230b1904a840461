import type { AnswerField, AnswerPart, AnswerShape, Key } from '../../domain/answer.ts';

type Schema = Readonly<Record<string, unknown>>;

/** No name of a world is longer, so that an answer's strings are bounded. In code points. */
const MAX_NAME_LENGTH = 200;

/** The JSON Schema (draft 2020-12, in the subset of docs/formats.md) that answers of `shape` fit. */
export function answerSchema(shape: AnswerShape): Record<string, unknown> {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const [first] = shape.parts;
  if (first && shape.parts.length === 1) return { $schema, ...partSchema(first) };
  return { $schema, ...objectSchema(shape.parts.map((part) => [part.name, partSchema(part)])) };
}

function partSchema({ key, fields }: AnswerPart): Schema {
  const rows = key.values.length;
  const properties: [string, Schema][] = fields.map((field) => [field.name, fieldSchema(field)]);
  const items = objectSchema([[key.field, keySchema(key.values, key.says)], ...properties]);
  return { type: 'array', items, minItems: rows, maxItems: rows };
}

function keySchema(values: readonly Key[], description: string): Schema {
  const type = typeof values[0] === 'number' ? 'integer' : 'string';
  return { type, description, enum: values };
}

function fieldSchema({ domain, says }: AnswerField): Schema {
  if ('table' in domain) return { type: 'string', description: says, maxLength: MAX_NAME_LENGTH };
  return { type: 'integer', description: says, minimum: domain.min, maximum: domain.max };
}

function objectSchema(properties: readonly [string, Schema][]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => name),
    additionalProperties: false,
  };
}
