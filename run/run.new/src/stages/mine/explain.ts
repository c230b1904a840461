import { formatAddress } from '../../domain/candidate.ts';
import { countLines } from '../../engine/patch/patch.ts';
import type { SplitPatch } from './files/split-patch.ts';
import type { IssueLink } from './link/find-links.ts';
import { mineReasons } from './reasons.ts';
import type { Report } from './report.ts';

/** What was found about one pull request, step by step, and how it ended: lines for people. */
export function explainReport(report: Report): string[] {
  const { ref, pull, repository, links, range, split, verdict } = report;
  return [
    `${formatAddress(ref)} (from ${ref.decoder})`,
    ...(pull
      ? [`  "${pull.title}" by ${pull.author?.login ?? 'a deleted account'}`, `  merged ${pull.mergedAt ?? 'never'}`]
      : []),
    ...(repository
      ? [`  ${repository.name}: licence ${repository.license ?? 'unknown'}, ${repository.stars} stars`]
      : []),
    ...(links
      ? ['  issues', ...links.links.flatMap(explainLink), ...links.dropped.map((dropped) => `    no ${dropped}`)]
      : []),
    ...(range ? [`  base ${range.base.sha} (${range.mergeMethod}), fix ${range.fix.sha}`] : []),
    ...(split ? ['  files', ...explainFiles(split)] : []),
    ...(verdict ? explainVerdict(verdict) : []),
  ];
}

function explainLink({ issue, evidence, isEnough }: IssueLink): string[] {
  const head = `    ${isEnough ? 'yes' : 'no'} ${formatAddress(issue)} "${issue.title}"`;
  return [
    head,
    ...evidence.map(({ method, strength, where, text }) => `      ${strength} ${method}, ${where}: ${text}`),
  ];
}

function explainFiles({ files }: SplitPatch): string[] {
  return files.map(({ patch, class: fileClass, isSplit }) => {
    const { added, deleted } = countLines(patch);
    const size = patch.binary ? 'binary' : `+${added} -${deleted}`;
    return `    ${fileClass.padEnd(12)} ${patch.path} ${size}${isSplit ? ', parted by lines' : ''}`;
  });
}

function explainVerdict(verdict: NonNullable<Report['verdict']>): string[] {
  if (!('candidate' in verdict)) {
    const meaning = Object.hasOwn(mineReasons, verdict.reason)
      ? `: ${mineReasons[verdict.reason as keyof typeof mineReasons]}`
      : '';
    return [`  rejected: ${verdict.reason}${meaning} (${verdict.detail})`];
  }
  const { redactions } = verdict.candidate;
  return [
    ...redactions.map(({ kind, where, text }) => `  redacted ${kind}, ${where}: ${text.replace(/\s+/g, ' ')}`),
    `  a candidate: ${verdict.candidate.id}`,
  ];
}
