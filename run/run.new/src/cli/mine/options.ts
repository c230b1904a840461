import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { IssueAddress, RepositoryName } from '../../domain/candidate.ts';
import { toDiskError } from '../../domain/disk-error.ts';
import { type JudgeSettings, parseSettings } from '../../stages/judge/index.ts';
import { UsageError } from '../../util/errors.ts';
import type { RunOptions } from '../options.ts';

/** What the command line gives. */
export interface MineOptions extends RunOptions {
  readonly repo: readonly string[];
  readonly repos?: string;
  readonly search?: string;
  readonly since?: string;
  readonly until?: string;
  readonly dump?: string;
  readonly archive: readonly string[];
  readonly cache?: string;
  readonly set: readonly string[];
  readonly contamination: readonly string[];
  readonly explain?: string;
  readonly githubUrl: string;
  readonly pace: boolean;
}

/** What is mined, resolved: nothing of it is optional any more but what may be absent. */
export interface MinePlan {
  readonly kind: 'github' | 'archive' | 'dump';
  /** Sorted out of `--repo` and `--repos`; undefined for all that a dump or archive holds. */
  readonly repositories: readonly string[] | undefined;
  readonly search: string | undefined;
  /** ISO 8601 times: merged at or after, merged before. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly dump: string | undefined;
  readonly archive: readonly string[];
  readonly settings: JudgeSettings;
}

const Day = z.union([z.iso.date(), z.iso.datetime()]);

/** Throws UsageError for what does not fit together. */
export async function toPlan(options: MineOptions): Promise<MinePlan> {
  const named = [...options.repo, ...(options.repos === undefined ? [] : await readNames(options.repos))];
  const repositories = [...new Set(named.map(parseName))];
  const kind = kindOf(options, repositories.length);
  const days = ['since', 'until'] as const;
  const given = days.flatMap((day) => (options[day] === undefined ? [] : [`${day}=${checkedDay(day, options[day])}`]));
  return {
    kind,
    repositories: repositories.length > 0 ? repositories : undefined,
    search: options.search,
    since: options.since && new Date(options.since).toISOString(),
    until: options.until && endOf(options.until),
    dump: options.dump,
    archive: options.archive,
    settings: parseSettings([...given, ...options.set]),
  };
}

/** The pull request that `--explain owner/name#12` asks for. */
export function parseAddress(text: string): IssueAddress {
  const [repository, number, ...rest] = text.split('#');
  const parsed = IssueAddress.safeParse({ repository, number: Number(number) });
  if (!parsed.success || rest.length > 0)
    throw new UsageError(`--explain ${text}: give a pull request as owner/name#12`);
  return parsed.data;
}

function kindOf({ dump, archive, search, explain }: MineOptions, named: number): MinePlan['kind'] {
  const sources = [
    dump !== undefined && '--dump',
    archive.length > 0 && '--archive',
    search !== undefined && '--search',
  ];
  const given = sources.filter((source) => source !== false);
  if (given.length > 1) throw new UsageError(`${given.join(' and ')}: choose one source`);
  if (dump !== undefined) return 'dump';
  if (archive.length > 0) return 'archive';
  if (search === undefined && named === 0 && explain === undefined) {
    throw new UsageError(
      'say what to mine: --repo owner/name, --repos FILE, --search QUERY, --archive FILES or --dump FOLDER',
    );
  }
  return 'github';
}

async function readNames(file: string): Promise<string[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text
      .split(/\r?\n/)
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '');
  } catch (error) {
    throw toDiskError(`read --repos ${file}`, error);
  }
}

/** Names may be pasted as addresses. */
function parseName(text: string): string {
  const name = text.replace(/^https?:\/\/[^/]+\//, '').replace(/(?:\.git)?\/?$/, '');
  if (!RepositoryName.safeParse(name).success) throw new UsageError(`${text} is no repository: give it as owner/name`);
  return name;
}

function checkedDay(name: string, text: string): string {
  if (!Day.safeParse(text).success) {
    throw new UsageError(`--${name} ${text}: give a day such as 2024-01-31, or a time such as 2024-01-31T12:00:00Z`);
  }
  return text;
}

/** The last day belongs to it. */
function endOf(until: string): string {
  const ms = Date.parse(until);
  return new Date(until.length === 10 ? ms + 86_400_000 : ms + 1).toISOString();
}

/** Where downloads and clones are kept for all runs. */
export function cacheFolder(given: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  if (given !== undefined) return given;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'envmint');
  return env.HOME ? join(env.HOME, '.cache', 'envmint') : join('.cache', 'envmint');
}
