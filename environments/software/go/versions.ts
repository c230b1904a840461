import type { CiFile } from '../shared/ci.ts';
import { ciValues } from '../shared/ci.ts';
import { compareVersions } from '../shared/versions.ts';

/** A release line of Go, the day it appeared, and its last patch release that the module proxy is known to carry. Source: go.dev/doc/devel/release. */
const LINES = [
  { line: '1.12', since: '2019-02-25', patch: '1.12.17' },
  { line: '1.13', since: '2019-09-03', patch: '1.13.15' },
  { line: '1.14', since: '2020-02-25', patch: '1.14.15' },
  { line: '1.15', since: '2020-08-11', patch: '1.15.15' },
  { line: '1.16', since: '2021-02-16', patch: '1.16.15' },
  { line: '1.17', since: '2021-08-16', patch: '1.17.13' },
  { line: '1.18', since: '2022-03-15', patch: '1.18.10' },
  { line: '1.19', since: '2022-08-02', patch: '1.19.13' },
  { line: '1.20', since: '2023-02-01', patch: '1.20.14' },
  { line: '1.21', since: '2023-08-08', patch: '1.21.13' },
  { line: '1.22', since: '2024-02-06', patch: '1.22.12' },
  { line: '1.23', since: '2024-08-13', patch: '1.23.12' },
  { line: '1.24', since: '2025-02-11', patch: '1.24.6' },
  { line: '1.25', since: '2025-08-12', patch: '1.25.0' },
] as const;

/** For what has no releases of the time, and asks for the Go of today. */
export const NEWEST: Choice = {
  version: LINES.at(-1)?.patch ?? LINES[0].patch,
  why: 'the newest Go, for dependencies as they are today',
};

export interface GoMod {
  /** Of the module line. */
  readonly module: string;
  /** Of the go line: "1.21", "1.21.3"; undefined where there is none. */
  readonly go: string | undefined;
  /** Of the toolchain line, without "go". */
  readonly toolchain: string | undefined;
}

export function parseGoMod(text: string): GoMod {
  return {
    module: /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? '',
    go: /^go\s+(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1],
    toolchain: /^toolchain\s+go(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1],
  };
}

export interface Choice {
  /** Whole: "1.21.13". */
  readonly version: string;
  readonly why: string;
}

/**
 * Versions to try, in this order: the newest that CI ran at the time, the newest of the time, what go.mod says. A go line is a lower bound
 * and often years behind what the tests use, so that it comes last.
 */
export function chooseVersions(mod: GoMod, ci: readonly CiFile[], committedAt: string): readonly Choice[] {
  const floor = [mod.go, mod.toolchain]
    .filter((version) => version !== undefined)
    .sort(compareVersions)
    .at(-1);
  const newest = LINES.filter(({ since }) => since <= committedAt.slice(0, 10)).at(-1) ?? LINES[0];
  // Older ones know no modules.
  const isKnown = (line: string) =>
    compareVersions(line, LINES[0].line) >= 0 && compareVersions(line, newest.line) <= 0;
  const tested = ciValues(ci, ['go-version', 'go', 'go_version'])
    .map((value) => /^[~^]?v?(1\.\d+)(?:\.(?:\d+|x|\*))?$/.exec(value.trim())?.[1])
    .filter((line) => line !== undefined && isKnown(line))
    .sort((a, b) => compareVersions(a ?? '', b ?? ''))
    .at(-1);
  const wanted = [
    { version: tested, why: `CI runs Go ${tested}` },
    { version: newest.line, why: `Go ${newest.line} was the newest on ${committedAt.slice(0, 10)}` },
    { version: floor, why: `go.mod asks for Go ${floor}` },
  ];
  const choices = new Map<string, Choice>();
  for (const { version, why } of wanted) {
    if (version === undefined) continue;
    const isTooOld = floor !== undefined && compareVersions(version, floor) < 0;
    const whole = isTooOld ? toPatch(floor) : toPatch(version);
    if (!choices.has(whole))
      choices.set(whole, { version: whole, why: isTooOld ? `go.mod asks for Go ${floor}` : why });
  }
  return [...choices.values()];
}

/** The last patch of the line, unless the version asks for a later one. */
function toPatch(version: string): string {
  const line = version.split('.').slice(0, 2).join('.');
  const known = LINES.find((row) => row.line === line)?.patch;
  if (known !== undefined && compareVersions(known, version) >= 0) return known;
  if (version !== line) return version;
  // From 1.21 on the first release of a line is called .0.
  return compareVersions(line, '1.21') >= 0 ? `${line}.0` : line;
}
