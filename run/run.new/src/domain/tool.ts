import { z } from 'zod';

/** A parameter of a tool as JSON Schema sees it. */
export const ToolParameter = z.strictObject({
  type: z.enum(['string', 'integer']),
  description: z.string(),
  /** `table.column` that holds the legal values: an unknown one is answered with near names. Not part of the exported schema. */
  key: z
    .string()
    .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/)
    .optional(),
});
export type ToolParameter = z.infer<typeof ToolParameter>;

/**
 * A look-up: `sql` is one SELECT over the world with the parameters as `:name`, with an ORDER BY that makes its result stable.
 * All parameters are required. `returns`: every row, the first row (an object), or the first row's only value.
 */
export const Tool = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  description: z.string(),
  parameters: z.record(z.string(), ToolParameter),
  sql: z.string(),
  returns: z.enum(['rows', 'row', 'value']),
  effect: z.enum(['read', 'write']),
});
export type Tool = z.infer<typeof Tool>;

/** The tool that ends an episode; every toolset has it, and no SQL stands behind it. */
export const SUBMIT = 'submit_result';
