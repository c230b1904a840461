import type { Refusal } from '../../ports/screen.ts';
import { judgeReasons } from './reasons.ts';

/** Every rule that a pull request breaks, or that it breaks none: lines for people. */
export function explainRefusals(refusals: readonly Refusal[]): string[] {
  if (refusals.length === 0) return ['  judged: passes every rule'];
  return refusals.map(({ reason, detail }) => {
    const meaning = Object.hasOwn(judgeReasons, reason) ? judgeReasons[reason as keyof typeof judgeReasons] : reason;
    return `  refused: ${reason}: ${meaning} (${detail})`;
  });
}
