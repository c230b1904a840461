import { type TransitionReason, transitionReasons } from '../../engine/transitions/judge.ts';

/** Why an image makes no instance: the closed list of the stage `validate`, with what each means. */
export const validateReasons = {
  'commit-missing': 'the clone does not have the base commit',
  'patch-refused': 'a patch does not apply in the container',
  ...transitionReasons,
  'gold-not-accepted': 'graded as an answer, the gold patch does not pass',
  'control-passed': 'an answer that must not pass was graded as one that does',
} as const satisfies Readonly<Record<string, string>>;

export type ValidateReason =
  | 'commit-missing'
  | 'patch-refused'
  | TransitionReason
  | 'gold-not-accepted'
  | 'control-passed';

export interface ValidateRejection {
  readonly kind: 'rejected';
  readonly reason: ValidateReason;
  readonly detail: string;
}
