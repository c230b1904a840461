import type { HubComment, HubIssue } from '../../../ports/hub.ts';

/** The text as it stood at a time. */
export interface TextVersion {
  readonly text: string;
  /** Whether the text of today is another one. */
  readonly isEarlier: boolean;
  /** The text was changed later, and what it was before is not known. */
  readonly isUncertain: boolean;
}

/** The body of an issue or a comment at `cutoff`; the original where all of it is later. */
export function bodyAt(
  { body, edits, lastEditedAt }: Pick<HubComment, 'body' | 'edits' | 'lastEditedAt'>,
  cutoff: string,
): TextVersion {
  const isLater = (at: string) => Date.parse(at) > Date.parse(cutoff);
  if (edits !== null && edits.length > 0) {
    const sorted = [...edits].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const version = sorted.findLast(({ at }) => !isLater(at)) ?? sorted[0];
    const text = version?.text;
    if (typeof text === 'string') return { text, isEarlier: text !== body, isUncertain: false };
    return { text: body, isEarlier: false, isUncertain: true };
  }
  return { text: body, isEarlier: false, isUncertain: lastEditedAt !== null && isLater(lastEditedAt) };
}

/** The title of an issue at `cutoff`. */
export function titleAt({ title, renames }: Pick<HubIssue, 'title' | 'renames'>, cutoff: string): TextVersion {
  const later = renames
    .filter(({ at }) => Date.parse(at) > Date.parse(cutoff))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const text = later[0]?.from ?? title;
  return { text, isEarlier: text !== title, isUncertain: false };
}
