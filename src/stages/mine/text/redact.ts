import type { RedactionKind } from '../../../domain/candidate.ts';
import { escapeRegExp } from '../../../util/texts.ts';
import { isSameRepository, referencePattern, type TextPlace } from './references.ts';

/** What gives the fix away when a text names it. */
export interface FixIdentity {
  readonly place: TextPlace;
  /** Of the pull request. */
  readonly number: number;
  /** Of its commits and of those that landed, in full. */
  readonly shas: readonly string[];
}

export interface RedactedText {
  readonly text: string;
  readonly removed: readonly { readonly kind: RedactionKind; readonly text: string }[];
}

/** Stands where something was taken out. */
const redactionMark = '[…]';

interface Redactor {
  readonly kind: RedactionKind;
  readonly pattern: RegExp;
  /** Where left out, every match goes. */
  readonly isLeak?: (match: string) => boolean;
}

/** Takes out what names or shows the fix. Doing it again changes nothing. */
export function redact(text: string, fix: FixIdentity): RedactedText {
  const removed: { kind: RedactionKind; text: string }[] = [];
  const redactors = redactorsFor(fix);
  let [before, redacted] = ['', text];
  // What stood glued to something that was taken out shows only then.
  while (redacted !== before) {
    before = redacted;
    for (const { kind, pattern, isLeak } of redactors) {
      redacted = redacted.replace(pattern, (match: string) => {
        if (isLeak !== undefined && !isLeak(match)) return match;
        removed.push({ kind, text: match.trim().slice(0, 200) });
        return redactionMark;
      });
    }
  }
  return { text: redacted, removed };
}

/** Blocks first, then sentences, then words: what is gone with its sentence is not counted again. */
function redactorsFor(fix: FixIdentity): readonly Redactor[] {
  const web = escapeRegExp(fix.place.host);
  const name = '[A-Za-z0-9-]{1,100}/[A-Za-z0-9._-]{1,100}';
  const reference = referencePattern(fix.place).replace(/\((?!\?)/g, '(?:');
  const commitUrl = `https?://(?:www\\.)?${web}/${name}/(?:pull/\\d+/)?commits?/[0-9a-f]{7,64}`;
  const target = `(?:${reference}|${commitUrl}|\\b[0-9a-f]{7,64}\\b|v?\\d+\\.\\d+(?:\\.\\d+)*|(?:the )?(?:master|main|trunk|develop|head|next release)\\b)`;
  const links = { kind: 'pull-request-link' as const, isLeak: (match: string) => namesPull(match, fix) };
  return [
    { kind: 'pasted-diff', pattern: /^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, isLeak: isDiff },
    {
      kind: 'pasted-diff',
      pattern: /^(?:diff --git |--- a\/|@@ -\d)[^\n]*(?:\n(?:[-+ @\\]|index |diff --git )[^\n]*)*/gm,
    },
    {
      kind: 'fixed-in',
      pattern: new RegExp(
        `[^\\n.!?]{0,200}\\b(?:fixed|resolved|addressed|implemented|solved|patched|landed|merged)[ \\t]+(?:already[ \\t]+)?(?:in|by|via|with|through|on|as of)[ \\t]+(?:(?:commit|pr|pull request|version|release)[ \\t]+)?[\\[<(]?${target}[^\\n!?]{0,200}?(?=[.!?]?(?:\\s|$))`,
        'gi',
      ),
    },
    { ...links, pattern: new RegExp(`https?://(?:www\\.)?${web}/${name}/(?:pull|issues)/\\d+[\\w/#?=&.-]*`, 'gi') },
    { ...links, pattern: new RegExp(reference, 'gi') },
    {
      kind: 'commit-link',
      pattern: new RegExp(`${commitUrl}|https?://(?:www\\.)?${web}/${name}/compare/[\\w./~^:-]+`, 'gi'),
    },
    {
      kind: 'sha',
      pattern: /(?<![\w/@.-])[0-9a-f]{7,64}(?![\w-])/g,
      isLeak: (match) => isWholeSha(match) || isShaOfFix(match, fix),
    },
    {
      kind: 'commit-link',
      pattern: new RegExp(
        `https?://(?:www\\.)?${web}/${name}/(?:blob|tree|blame|raw)/[0-9a-f]{7,64}[^\\s)>\\]]*`,
        'gi',
      ),
      isLeak: (match) => isShaOfFix(/\/(?:blob|tree|blame|raw)\/([0-9a-f]+)/i.exec(match)?.[1] ?? '', fix),
    },
  ];
}

function namesPull(match: string, { place, number }: FixIdentity): boolean {
  const found = new RegExp(referencePattern(place), 'i').exec(match);
  if (found === null) return false;
  const repository = found[1] ?? found[3] ?? place.repository;
  return Number(found[2] ?? found[4] ?? found[5]) === number && isSameRepository(repository, place.repository);
}

function isWholeSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text) && /[a-f]/.test(text) && /\d/.test(text);
}

function isShaOfFix(text: string, { shas }: FixIdentity): boolean {
  return text.length >= 7 && shas.some((sha) => sha.startsWith(text.toLowerCase()));
}

/** A patch, or lines to add and to take away; not the "expected" and "received" of a failing test. */
function isDiff(block: string): boolean {
  if (/^[ \t]*(?:diff --git |@@ -\d+(?:,\d+)? \+\d|\+\+\+ b\/|--- a\/)/m.test(block)) return true;
  const isNamed = /^[ \t]*[`~]{3,}[ \t]*(?:diff|patch|suggestion)\b/i.test(block);
  return isNamed && /^[ \t]*[-+]/m.test(block) && !/^[ \t]*[-+][ \t]*(?:expected|received|actual)\b/im.test(block);
}
