import { z } from 'zod';

/** One broken check: `id` of the check (`format` where the answer does not fit its schema), where in the answer, what was found. */
export const Violation = z.strictObject({
  check: z.string(),
  /** JSON pointer into the answer (RFC 6901); only for `format`. */
  pointer: z.string().optional(),
  message: z.string(),
});
export type Violation = z.infer<typeof Violation>;

/** `pass`: every check holds. `fail`: the answer is at fault. `error`: the task, its world or its verifier is damaged. */
export const Verdict = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'error']),
  /** Weight of the satisfied checks over the weight of all, 0 where the answer does not fit its schema or names what does not exist. */
  score: z.number().min(0).max(1),
  violations: z.array(Violation),
});
export type Verdict = z.infer<typeof Verdict>;
