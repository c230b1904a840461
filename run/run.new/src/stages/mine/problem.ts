import { formatAddress, type Redaction } from '../../domain/candidate.ts';
import type { HubComment, HubIssue, HubPullRequest } from '../../ports/hub.ts';
import { placeOf } from './link/say.ts';
import { withoutComments } from './text/mask.ts';
import { type FixIdentity, redact } from './text/redact.ts';
import { bodyAt, type TextVersion, titleAt } from './text/versions.ts';

export interface Problem {
  readonly statement: string;
  readonly hints: string;
  readonly redactions: readonly Redaction[];
}

/** What was said before the fix began, without what gives it away. `fixShas` are all commits of the fix. */
export function writeProblem(pull: HubPullRequest, issues: readonly HubIssue[], fixShas: readonly string[]): Problem {
  const fix: FixIdentity = { place: placeOf(pull), number: pull.number, shas: fixShas };
  const began = beginOf(pull);
  const redactions: Redaction[] = [];
  const clean = (where: string, text: string): string => {
    const { text: redacted, removed } = redact(normalise(text), fix);
    redactions.push(...removed.map((found) => ({ ...found, where })));
    return redacted;
  };
  const statement = issues.map((issue) => statementOf(issue, { began, clean, redactions })).join('\n\n');
  const hints = issues.flatMap((issue) => hintsOf(issue, { began, clean, redactions })).join('\n\n');
  return { statement, hints, redactions };
}

/** When the fix began: its first commit. Commits may carry any date, so the pull request itself is the latest that it can be. */
function beginOf(pull: HubPullRequest): string {
  const times = [pull.createdAt, ...pull.commits.map(({ authoredAt }) => authoredAt)];
  return times.reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}

interface Writing {
  readonly began: string;
  clean(where: string, text: string): string;
  readonly redactions: Redaction[];
}

function statementOf(issue: HubIssue, { began, clean, redactions }: Writing): string {
  const where = formatAddress(issue);
  const title = titleAt(issue, began);
  const body = bodyAt(issue, began);
  if (title.isEarlier) redactions.push({ kind: 'later-title', where, text: issue.title.slice(0, 200) });
  noteEdit(body, { where, today: issue.body, redactions });
  return `${clean(where, title.text)}\n\n${clean(where, body.text)}`.trim();
}

function noteEdit(
  version: TextVersion,
  { where, today, redactions }: { where: string; today: string; redactions: Redaction[] },
): void {
  if (version.isEarlier) redactions.push({ kind: 'later-edit', where, text: today.slice(0, 200) });
  else if (version.isUncertain) {
    redactions.push({
      kind: 'later-edit',
      where,
      text: 'not taken out: edited later, and the earlier text is not known',
    });
  }
}

/** Comments from before the fix began; one that was edited later without a known earlier text is left out. */
function hintsOf(issue: HubIssue, { began, clean, redactions }: Writing): string[] {
  return issue.comments
    .filter((comment) => isHint(comment, began))
    .flatMap((comment) => {
      const where = `${formatAddress(issue)} comment ${comment.id}`;
      const version = bodyAt(comment, began);
      if (version.isUncertain) {
        redactions.push({ kind: 'later-edit', where, text: comment.body.slice(0, 200) });
        return [];
      }
      noteEdit(version, { where, today: comment.body, redactions });
      const text = clean(where, version.text);
      return text === '' ? [] : [text];
    });
}

function isHint({ createdAt, author, isMinimized }: HubComment, began: string): boolean {
  return Date.parse(createdAt) < Date.parse(began) && !isMinimized && author?.isBot !== true;
}

function normalise(text: string): string {
  return withoutComments(text.replace(/\r\n?/g, '\n')).trim();
}
