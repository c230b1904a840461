/** Why a pull request is no candidate: the closed list of the stage `mine`, with what each means. */
export const mineReasons = {
  'not-merged': 'the pull request was not merged',
  'pull-request-gone': 'the host has no such pull request any more, or hides it',
  'repository-gone': 'the host has no such repository any more, or hides it',
  'no-link': 'nothing says that the pull request answers an issue',
  'weak-link': 'a single weak sign says that the pull request answers an issue',
  'issue-gone': 'every issue that the pull request names is deleted, hidden or a pull request itself',
  'clone-gone': 'there is nothing to clone',
  'commits-gone': 'neither the head of the pull request nor the commits that landed can be fetched',
  'contents-gone': 'the contents of a changed file are not in the local clone',
  'no-merge-base': 'the pull request shares no history with its target, or its base cannot be told',
  'empty-diff': 'nothing differs between base and fix',
  'diff-too-large': 'the diff has more bytes or more files than are looked at',
  'submodule-changed': 'the fix moves a submodule',
  'patch-not-utf8': 'the diff is not UTF-8 text',
  'docs-only': 'only documentation changed',
  'generated-only': 'only generated or vendored files changed',
  'no-source': 'no source code in a language of ours changed',
  'unsupported-language': 'the source that changed is in none of our languages',
  'no-tests': 'no test changed',
  'support-only-tests': 'of the tests only their helpers, settings or build files changed',
  'tests-only-removed': 'tests were deleted or shortened, and none was added or changed',
  'inline-tests-in-new-file': 'a new or renamed file holds source and tests: its halves cannot be applied apart',
  'inline-tests-entangled': 'changed lines of source and inline tests touch each other',
  'patch-refused': 'git refuses one of the two patches on the base',
  'patch-differs': 'both patches together do not give the tree of the fix',
} as const satisfies Readonly<Record<string, string>>;

export type MineReason = keyof typeof mineReasons;

/** `detail` is the value that decided. */
export interface Rejection {
  readonly reason: MineReason;
  readonly detail: string;
}
