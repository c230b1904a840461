import type { IssueAddress } from '../../domain/candidate.ts';
import { UsageError } from '../../util/errors.ts';

/** What must not be mined, by lower-case "owner/name" or "owner/name#number": the name of the list that says so. */
export type Contamination = ReadonlyMap<string, string>;

const name = '[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+';
const entry = new RegExp(
  `^(?<list>\\S+)\\s+(?:(?<repository>${name})(?:#(?<number>[1-9]\\d*))?|(?<id>[A-Za-z0-9][A-Za-z0-9_-]*?__[A-Za-z0-9._-]+-[1-9]\\d*))$`,
);

/**
 * Reads a list: a line names the benchmark and then a whole repository (`my-set owner/name`), a pull request (`my-set owner/name#12`) or an instance
 * (`my-set owner__name-12`). "#" at the start of a line or after white space begins a comment. Throws UsageError naming the line.
 */
export function parseContamination(text: string, source: string): Contamination {
  const found = new Map<string, string>();
  for (const [at, line] of text.split('\n').entries()) {
    const content = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (content === '') continue;
    const groups = entry.exec(content)?.groups;
    if (groups === undefined) {
      throw new UsageError(
        `${source}, line ${at + 1}: give "benchmark owner/name", "benchmark owner/name#12" or "benchmark owner__name-12"`,
      );
    }
    found.set(keyOf(groups), groups.list ?? '');
  }
  return found;
}

/** The lists together; the first that names something wins. */
export function joinContamination(lists: readonly Contamination[]): Contamination {
  return new Map(lists.toReversed().flatMap((list) => [...list]));
}

/** The list that a pull request is on, and by what. */
export function findContamination({ repository, number }: IssueAddress, lists: Contamination): string | undefined {
  const whole = repository.toLowerCase();
  const one = `${whole}#${number}`;
  const key = [one, whole].find((candidate) => lists.has(candidate));
  return key === undefined ? undefined : `${key} is in ${lists.get(key)}`;
}

function keyOf({ repository, number, id }: Readonly<Record<string, string | undefined>>): string {
  if (repository !== undefined) return (number === undefined ? repository : `${repository}#${number}`).toLowerCase();
  return (id ?? '')
    .toLowerCase()
    .replace('__', '/')
    .replace(/-(\d+)$/, '#$1');
}
