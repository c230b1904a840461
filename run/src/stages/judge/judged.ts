import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Candidate, CandidateRef } from '../../domain/candidate.ts';
import { signText } from './near/signature.ts';

/** A candidate that passed, with what it takes to find its like without reading it again. */
export const Judged = CandidateRef.extend({
  mergedAt: z.string(),
  /** Of the changed lines of the gold patch, white space and places aside. */
  patchHash: z.string(),
  /** `signText` of the problem statement. */
  textSignature: z.string(),
});
export type Judged = z.infer<typeof Judged>;

export function toJudged(ref: CandidateRef, candidate: Candidate): Judged {
  return {
    ...ref,
    mergedAt: candidate.pullRequest.mergedAt,
    patchHash: hashPatch(candidate.goldPatch),
    textSignature: signText(candidate.problemStatement),
  };
}

/** The same change has the same hash on another base, and in a fork. Data of binary files counts as it stands. */
export function hashPatch(patch: string): string {
  const hash = createHash('sha256');
  for (const line of patch.split('\n')) {
    if (/^(?:diff --git |index |@@ |similarity |--- |\+\+\+ )/.test(line) || line.startsWith(' ')) continue;
    hash.update(`${line.replace(/\s+/g, ' ').trimEnd()}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}
