import type { Candidate, FileClass } from '../../domain/candidate.ts';
import type { JudgeReason, RuleRefusal } from './reasons.ts';
import type { JudgeSettings } from './settings.ts';
import { countWords, solutionShare, withoutImages } from './text.ts';

/** Everything about a candidate that breaks a limit, in the order of the list of reasons. */
export function judgeCandidate(candidate: Candidate, settings: JudgeSettings): RuleRefusal[] {
  return [...judgeLanguage(candidate, settings), ...judgeSize(candidate, settings), ...judgeText(candidate, settings)];
}

function judgeLanguage({ language }: Candidate, { languages }: JudgeSettings): RuleRefusal[] {
  return languages.includes(language) ? [] : [{ reason: 'language', detail: language }];
}

function judgeSize(candidate: Candidate, settings: JudgeSettings): RuleRefusal[] {
  const source = measure(candidate, ['source']);
  const tests = measure(candidate, ['test', 'test-support']);
  const vendored = candidate.files.filter((file) => file.class === 'vendored').map(({ path }) => path);
  const patchKb = Math.ceil((Buffer.byteLength(candidate.goldPatch) + Buffer.byteLength(candidate.testPatch)) / 1024);
  const few = {
    reason: 'too-few-source-lines' as const,
    detail: `${source.lines}, at least ${settings.minSourceLines}`,
  };
  return [
    ...atMost('too-many-source-files', source.files, settings.maxSourceFiles),
    ...(source.lines < settings.minSourceLines ? [few] : []),
    ...atMost('too-many-source-lines', source.lines, settings.maxSourceLines),
    ...atMost('too-many-test-files', tests.files, settings.maxTestFiles),
    ...atMost('too-many-test-lines', tests.lines, settings.maxTestLines),
    ...atMost('patch-too-large', patchKb, settings.maxPatchKb),
    ...(vendored[0] !== undefined && !settings.vendored
      ? [{ reason: 'vendored-code' as const, detail: vendored[0] }]
      : []),
    ...atMost('too-much-generated', measure(candidate, ['generated']).lines, settings.maxGeneratedLines),
    ...atMost('too-many-issues', candidate.issues.length, settings.maxIssues),
  ];
}

/** Lines of a parted file count as source: only the tests within it go elsewhere. */
function measure({ files }: Candidate, classes: readonly FileClass[]): { files: number; lines: number } {
  const wanted = files.filter((file) => classes.includes(file.class));
  return { files: wanted.length, lines: wanted.reduce((sum, { added, deleted }) => sum + added + deleted, 0) };
}

function atMost(reason: JudgeReason, value: number, limit: number): RuleRefusal[] {
  return value > limit ? [{ reason, detail: `${value}, at most ${limit}` }] : [];
}

function judgeText({ problemStatement, goldPatch }: Candidate, settings: JudgeSettings): RuleRefusal[] {
  const { minWords, maxChars, maxSolutionShare } = settings;
  const text = withoutImages(problemStatement);
  const words = countWords(text);
  const share = solutionShare(problemStatement, goldPatch);
  const short: RuleRefusal = {
    reason: text === problemStatement ? 'text-too-short' : 'images-only',
    detail: `${words} words, at least ${minWords}`,
  };
  const told: RuleRefusal = { reason: 'solution-in-text', detail: `${share.toFixed(2)}, at most ${maxSolutionShare}` };
  return [
    ...(words < minWords ? [short] : []),
    ...atMost('text-too-long', problemStatement.length, maxChars),
    ...(share > maxSolutionShare ? [told] : []),
  ];
}
