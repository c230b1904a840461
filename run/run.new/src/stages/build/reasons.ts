/** Why no image came of a candidate: the closed list of the stage `build`, with what each means. */
export const buildReasons = {
  'commit-missing': 'the clone does not have the base commit',
  'patch-refused': 'the test patch does not apply to the base commit',
  'no-stack': 'no stack knows how to build this language',
  unsupported: 'the stack knows no recipe for what the project is built with',
  'toolchain-failed': 'a step of the base layer failed in every recipe',
  'dependencies-failed': 'a step of the dependency layer failed in every recipe',
  'build-failed': 'a step of the instance layer failed in every recipe',
  'step-limit': 'a step of the build ran into a limit of time, memory, output or disk',
  'no-tests-ran': 'with the gold patch no test passed under any recipe',
  leak: 'a layer holds lines of the fix, or more of the history than the base commit',
} as const satisfies Readonly<Record<string, string>>;

export type BuildReason = keyof typeof buildReasons;

export interface BuildRejection {
  readonly kind: 'rejected';
  readonly reason: BuildReason;
  readonly detail?: string;
}
