import type { HubAccount, HubPullRequest, HubRepository } from '../../ports/hub.ts';
import type { RuleRefusal } from './reasons.ts';
import type { JudgeSettings } from './settings.ts';

const botName =
  /\[bot\]$|(?:^|[-_])bot$|^bot[-_]|^(?:dependabot|renovate|greenkeeper|pyup|snyk|imgbot|allcontributors|mergify|codecov|github-actions|pre-commit-ci|semantic-release|weblate|transifex|crowdin|scala-steward|depfu|whitesource|mend-bolt|copybara)/i;

/** A host marks its own programs only; others are known by their names. */
export function judgeAuthor(author: HubAccount | null | undefined, { bots }: JudgeSettings): RuleRefusal[] {
  const isBot = author != null && (author.isBot || botName.test(author.login));
  return isBot && !bots ? [{ reason: 'bot', detail: author.login }] : [];
}

export function judgeTitle({ title }: Pick<HubPullRequest, 'title'>, { reverts }: JudgeSettings): RuleRefusal[] {
  const isRevert = /^\s*(?:\[[^\]]*\]\s*)?(?:revert|reapply|re-apply|reland|roll ?back)(?:s|ed)?\b(?!\s+to\b)/i.test(
    title,
  );
  return isRevert && !reverts ? [{ reason: 'revert', detail: title.slice(0, 100) }] : [];
}

/** A bound without a time of day takes in the whole day. */
export function judgeAge(mergedAt: string | null, { since, until }: JudgeSettings): RuleRefusal[] {
  if (mergedAt === null) return [];
  const merged = Date.parse(mergedAt);
  const end = until.length === 10 ? Date.parse(until) + 86_400_000 : Date.parse(until) + 1;
  if (since !== '' && merged < Date.parse(since)) return [{ reason: 'too-old', detail: `${mergedAt}, since ${since}` }];
  if (until !== '' && merged >= end) return [{ reason: 'too-new', detail: `${mergedAt}, until ${until}` }];
  return [];
}

/** Files of all classes; docs and generated files are not limited by number, so this bound is a wide one. */
export function judgeFileCount({ changedFiles }: HubPullRequest, settings: JudgeSettings): RuleRefusal[] {
  const limit = 10 * (settings.maxSourceFiles + settings.maxTestFiles);
  if (changedFiles === null || changedFiles <= limit) return [];
  return [{ reason: 'too-many-files', detail: `${changedFiles}, at most ${limit}` }];
}

export function judgeRepository(home: HubRepository, settings: JudgeSettings): RuleRefusal[] {
  const { minStars, maxRepositoryMb, forks, archived } = settings;
  const sizeMb = Math.round(home.sizeKb / 1024);
  const refusals: RuleRefusal[] = [];
  if (!isLicensed(home.license, settings)) refusals.push({ reason: 'license', detail: home.license ?? 'unknown' });
  if (sizeMb > maxRepositoryMb) {
    refusals.push({ reason: 'repository-too-large', detail: `${sizeMb} MiB, at most ${maxRepositoryMb}` });
  }
  if (home.stars < minStars) refusals.push({ reason: 'too-few-stars', detail: `${home.stars}, at least ${minStars}` });
  if (home.isFork && !forks) refusals.push({ reason: 'fork', detail: home.name });
  if (home.isArchived && !archived) refusals.push({ reason: 'archived', detail: home.name });
  return refusals;
}

function isLicensed(license: string | null, { licenses }: JudgeSettings): boolean {
  if (license === null) return false;
  const allowed = licenses.map((id) => id.toLowerCase());
  return allowed.includes('*') || allowed.includes(license.toLowerCase());
}
