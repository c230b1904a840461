/** Why a candidate is not wanted: the closed list of the stages `judge` and `distinct`, with what each means. Those up to `archived` are found before cloning. */
export const judgeReasons = {
  bot: 'a program opened the pull request',
  revert: 'the pull request takes another one back, or brings it in again',
  'too-old': 'merged before the first day asked for',
  'too-new': 'merged after the last day asked for',
  contaminated: 'the repository or the pull request is part of a published benchmark or of a list of the user',
  'too-many-files': 'the host counts more changed files than the limits on files can allow',
  license: 'the licence is unknown or not on the allow-list',
  'repository-too-large': 'the repository is larger than the limit',
  'too-few-stars': 'the repository has fewer stars than asked for',
  fork: 'the repository is a fork',
  archived: 'the repository is archived',
  language: 'the source that changed is in a language that was not asked for',
  'too-many-source-files': 'more source files changed than the limit',
  'too-few-source-lines': 'fewer lines of source changed than the limit',
  'too-many-source-lines': 'more lines of source changed than the limit',
  'too-many-test-files': 'more files of tests changed than the limit',
  'too-many-test-lines': 'more lines of tests changed than the limit',
  'patch-too-large': 'the two patches together have more bytes than the limit',
  'vendored-code': 'code of others, kept in the repository, changed',
  'too-much-generated': 'more generated lines changed than the limit',
  'too-many-issues': 'the pull request answers more issues than the limit',
  'text-too-short': 'the problem statement has fewer words than the limit',
  'text-too-long': 'the problem statement has more characters than the limit',
  'images-only': 'without its images the problem statement has fewer words than the limit',
  'solution-in-text': 'the problem statement holds lines of the fix',
  'duplicate-patch': 'an earlier candidate has the same changes to source',
  'duplicate-text': 'an earlier candidate has nearly the same problem statement',
} as const satisfies Readonly<Record<string, string>>;

export type JudgeReason = keyof typeof judgeReasons;

/** A `Refusal` of rules: `detail` is the value that decided, and the limit. */
export interface RuleRefusal {
  readonly reason: JudgeReason;
  readonly detail: string;
}
