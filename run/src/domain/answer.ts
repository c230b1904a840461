import { z } from 'zod';

/** A key of an answer row: a date, a code or a number that the prompt gives. */
export const Key = z.union([z.string(), z.int()]);
export type Key = z.infer<typeof Key>;

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** What may stand in a field: the name of a row of `table`, or an integer of `min..max` (both inclusive). */
export const FieldDomain = z.union([
  z.strictObject({ table: Name, column: Name }),
  z.strictObject({ min: z.int(), max: z.int() }),
]);
export type FieldDomain = z.infer<typeof FieldDomain>;

export const AnswerField = z.strictObject({ name: Name, says: z.string(), domain: FieldDomain });
export type AnswerField = z.infer<typeof AnswerField>;

/** One array of the answer: exactly one object for each of `keys`, in any order. */
export const AnswerPart = z.strictObject({
  name: Name,
  key: z.strictObject({ field: Name, says: z.string(), values: z.array(Key).min(1) }),
  fields: z.array(AnswerField).min(1),
});
export type AnswerPart = z.infer<typeof AnswerPart>;

/**
 * The form of an answer. One part: the answer is that array. Several: an object with an array under each part's name.
 * In a check the rows of part `p` are the common table expression `answer_p` (with one part also `answer`).
 */
export const AnswerShape = z.strictObject({ parts: z.array(AnswerPart).min(1) });
export type AnswerShape = z.infer<typeof AnswerShape>;

/** An answer that fits its shape, as parsed JSON. */
export type AnswerRow = Readonly<Record<string, Key>>;
export type Answer = readonly AnswerRow[] | Readonly<Record<string, readonly AnswerRow[]>>;
