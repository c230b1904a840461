import { z } from 'zod';
import { Language } from '../../domain/language.ts';
import { UsageError } from '../../util/errors.ts';

const permissive =
  'MIT,Apache-2.0,BSD-2-Clause,BSD-3-Clause,BSD-3-Clause-Clear,ISC,0BSD,MIT-0,Zlib,BSL-1.0,Unlicense,CC0-1.0,NCSA,PostgreSQL,PHP-3.01,Python-2.0,PSF-2.0,X11,curl,libpng-2.0,BlueOak-1.0.0';

const Count = z.coerce.number().int().min(0);
const Share = z.coerce.number().min(0).max(1);
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const List = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
/** ISO 8601, a day or a time; empty for no bound. */
const Day = z.union([z.literal(''), z.iso.date(), z.iso.datetime()]);

/** What is wanted. Read from texts, as `--set` gives them; every setting has a default. */
export const JudgeSettings = z.strictObject({
  licenses: List.prefault(permissive).describe('SPDX ids, or * for any licence that is known'),
  languages: List.pipe(z.array(Language)).prefault(Language.options.join()).describe('languages of the changed source'),
  since: Day.prefault('').describe('first day of the merge'),
  until: Day.prefault('').describe('last day of the merge'),
  minStars: Count.prefault(0).describe('stars of the repository'),
  maxRepositoryMb: Count.prefault(2048).describe('size of the repository as its host counts it, in MiB'),
  forks: Flag.prefault('false').describe('whether forks are allowed'),
  archived: Flag.prefault('true').describe('whether archived repositories are allowed'),
  bots: Flag.prefault('false').describe('whether pull requests of programs are allowed'),
  reverts: Flag.prefault('false').describe('whether reverts are allowed'),
  benchmarks: Flag.prefault('false').describe('whether repositories of published benchmarks are allowed'),
  maxSourceFiles: Count.prefault(15).describe('changed source files'),
  minSourceLines: Count.prefault(1).describe('changed lines of source, added and deleted'),
  maxSourceLines: Count.prefault(1000).describe('changed lines of source, added and deleted'),
  maxTestFiles: Count.prefault(50).describe('changed files of tests and their support'),
  maxTestLines: Count.prefault(5000).describe('changed lines of tests and their support'),
  maxPatchKb: Count.prefault(1024).describe('both patches together, in KiB'),
  maxGeneratedLines: Count.prefault(20000).describe('changed lines of generated files'),
  vendored: Flag.prefault('false').describe('whether changes to vendored code are allowed'),
  maxIssues: Count.prefault(5).describe('issues that one pull request answers'),
  minWords: Count.prefault(15).describe('words of the problem statement'),
  maxChars: Count.prefault(50000).describe('characters of the problem statement'),
  maxSolutionShare: Share.prefault(0.5).describe('share of the added source lines that the problem statement may hold'),
  nearDuplicate: Share.prefault(0.85).describe(
    'similarity (Jaccard, five words) from which two problem statements are one',
  ),
});
export type JudgeSettings = z.infer<typeof JudgeSettings>;

/** The settings of `--set name=value`, the last of a name winning. Throws UsageError. */
export function parseSettings(assignments: readonly string[]): JudgeSettings {
  const given = assignments.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new UsageError(`--set ${text}: give name=value`);
    return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const;
  });
  const unknown = given.find(([name]) => !Object.hasOwn(JudgeSettings.shape, name));
  if (unknown) {
    throw new UsageError(
      `--set ${unknown[0]}: there is no such setting; known are ${Object.keys(JudgeSettings.shape).join(', ')}`,
    );
  }
  const parsed = JudgeSettings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(`--set ${String(issue?.path[0])}: ${issue?.message ?? 'is not right'}`);
}

/** Name, default and meaning of each setting, for help texts. */
export function describeSettings(): { name: string; byDefault: string; says: string }[] {
  const defaults = JudgeSettings.parse({});
  return Object.entries(JudgeSettings.shape).map(([name, schema]) => ({
    name,
    byDefault: String(defaults[name as keyof JudgeSettings]),
    says: schema.description ?? '',
  }));
}
