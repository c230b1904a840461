import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createRng, type Rng } from '../../src/util/rng.ts';

export interface ArchiveSpec {
  readonly seed: string;
  readonly events: number;
  /** Full events are those up to 2025-10-06. */
  readonly era: 'full' | 'slim';
}

export interface ArchiveTruth {
  /** Of merged pull requests. */
  merged: number;
  issues: number;
  comments: number;
}

/** Shares of an hour's events in percent, rounded from a common hour of 2024. */
const shares = [
  ['PushEvent', 55],
  ['CreateEvent', 14],
  ['PullRequestEvent', 8],
  ['WatchEvent', 8],
  ['IssueCommentEvent', 6],
  ['PullRequestReviewEvent', 4],
  ['IssuesEvent', 3],
  ['DeleteEvent', 2],
] as const;

/** Writes an hour of GH Archive in the size and shape of real ones, by GitHub's published schemas; the same bytes for the same spec. */
export async function writeArchive(path: string, spec: ArchiveSpec): Promise<ArchiveTruth> {
  const truth: ArchiveTruth = { merged: 0, issues: 0, comments: 0 };
  const rng = createRng(spec.seed);
  const lines = function* () {
    for (let index = 0; index < spec.events; index++) yield `${JSON.stringify(event(index, { spec, rng, truth }))}\n`;
  };
  await pipeline(Readable.from(lines()), createGzip({ level: 6 }), createWriteStream(path));
  return truth;
}

interface Hour {
  readonly spec: ArchiveSpec;
  readonly rng: Rng;
  readonly truth: ArchiveTruth;
}

function event(index: number, hour: Hour): object {
  const { rng, spec } = hour;
  const id = rng.int(1, 500_000);
  const name = `owner${id}/repo${id}`;
  const type = pickType(rng);
  return {
    id: String(30_000_000_000 + index),
    type,
    actor: {
      id,
      login: `user${id}`,
      display_login: `user${id}`,
      gravatar_id: '',
      url: api(`users/user${id}`),
      avatar_url: `https://avatars.githubusercontent.com/u/${id}?`,
    },
    repo: { id, name, url: api(`repos/${name}`) },
    payload: payload(type, { ...hour, id, name, number: index + 1 }),
    public: true,
    created_at: spec.era === 'full' ? '2024-05-01T10:00:00Z' : '2025-11-01T10:00:00Z',
  };
}

function pickType(rng: Rng): (typeof shares)[number][0] {
  let left = rng.int(0, 99);
  for (const [type, share] of shares) {
    if (left < share) return type;
    left -= share;
  }
  return 'PushEvent';
}

interface Place extends Hour {
  readonly id: number;
  readonly name: string;
  readonly number: number;
}

function payload(type: string, place: Place): object {
  switch (type) {
    case 'PushEvent':
      return push(place);
    case 'PullRequestEvent':
      return place.spec.era === 'full' ? fullPull(place) : slimPull(place);
    case 'PullRequestReviewEvent':
      return {
        action: 'created',
        review: { id: place.number, user: user(place.id), body: text(place.rng, 12), state: 'approved' },
        pull_request: pullOf(place),
      };
    case 'IssuesEvent':
      place.truth.issues++;
      return { action: place.rng.pick(['opened', 'closed']), issue: issue(place) };
    case 'IssueCommentEvent':
      place.truth.comments++;
      return { action: 'created', issue: issue(place), comment: comment(place) };
    case 'WatchEvent':
      return { action: 'started' };
    default:
      return {
        ref: 'topic',
        ref_type: 'branch',
        full_ref: 'refs/heads/topic',
        master_branch: 'main',
        description: text(place.rng, 6),
        pusher_type: 'user',
      };
  }
}

function push({ rng, spec, id, name }: Place): object {
  const slim = { repository_id: id, push_id: id, ref: 'refs/heads/main', head: sha(rng), before: sha(rng) };
  if (spec.era === 'slim') return slim;
  const commit = {
    sha: slim.head,
    author: { email: `${id}@example.org`, name: `User ${id}` },
    message: text(rng, 12),
    distinct: true,
    url: api(`repos/${name}/commits/${slim.head}`),
  };
  return { ...slim, size: 1, distinct_size: 1, commits: [commit] };
}

function fullPull(place: Place): object {
  const isMerged = place.rng.chance(0.4);
  if (isMerged) place.truth.merged++;
  const action = isMerged ? 'closed' : 'opened';
  const merged = {
    merged: isMerged,
    merged_at: isMerged ? '2024-05-01T09:59:58Z' : null,
    commits: 2,
    additions: 10,
    deletions: 4,
    changed_files: 3,
  };
  return { action, number: place.number, pull_request: { ...pullOf(place), ...merged } };
}

function slimPull(place: Place): object {
  const { rng, id, name, number } = place;
  const isMerged = rng.chance(0.4);
  if (isMerged) place.truth.merged++;
  const side = (ref: string) => ({
    ref,
    sha: sha(rng),
    repo: { id, url: api(`repos/${name}`), name: name.split('/')[1] },
  });
  const pull = {
    url: api(`repos/${name}/pulls/${number}`),
    id: number,
    number,
    head: side('topic'),
    base: side('main'),
  };
  return { action: isMerged ? 'merged' : 'opened', number, pull_request: pull };
}

function pullOf(place: Place): object {
  const { rng, id, name, number } = place;
  const side = (ref: string) => ({
    label: `owner${id}:${ref}`,
    ref,
    sha: sha(rng),
    user: user(id),
    repo: repository(place),
  });
  return {
    ...issue(place),
    url: api(`repos/${name}/pulls/${number}`),
    html_url: `https://github.com/${name}/pull/${number}`,
    merge_commit_sha: sha(rng),
    head: side('topic'),
    base: side('main'),
    author_association: 'CONTRIBUTOR',
    draft: false,
  };
}

function issue({ rng, id, name, number }: Place): object {
  return {
    url: api(`repos/${name}/issues/${number}`),
    repository_url: api(`repos/${name}`),
    html_url: `https://github.com/${name}/issues/${number}`,
    id: number,
    node_id: `I_${number}`,
    number,
    title: text(rng, 8),
    user: user(id),
    labels: [{ id: 1, name: 'bug', color: 'd73a4a', default: true }],
    state: 'closed',
    comments: 2,
    created_at: '2024-05-01T08:00:00Z',
    updated_at: '2024-05-01T10:00:00Z',
    closed_at: null,
    body: `${text(rng, 90)}\r\nFixes #${number} — ünïcode 👋`,
  };
}

function comment({ rng, id, number }: Place): object {
  const at = '2024-05-01T10:00:00Z';
  return { id: 1_000_000 + number, user: user(id), created_at: at, updated_at: at, body: text(rng, 60) };
}

const userParts = [
  'followers',
  'following{/other_user}',
  'gists{/gist_id}',
  'starred{/owner}{/repo}',
  'subscriptions',
  'orgs',
  'repos',
  'events{/privacy}',
  'received_events',
];

function user(id: number): object {
  const urls = userParts.map((part) => [`${part.replace(/\{.*/, '')}_url`, api(`users/user${id}/${part}`)]);
  return {
    login: `user${id}`,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: api(`users/user${id}`),
    html_url: `https://github.com/user${id}`,
    ...Object.fromEntries(urls),
    type: 'User',
    site_admin: false,
  };
}

const repositoryParts =
  'forks keys{/key_id} collaborators{/collaborator} teams hooks issues/events{/number} events assignees{/user} branches{/branch} tags git/blobs{/sha} git/tags{/sha} git/refs{/sha} git/trees{/sha} statuses/{sha} languages stargazers contributors subscribers subscription commits{/sha} git/commits{/sha} comments{/number} contents/{+path} merges downloads issues{/number} pulls{/number} milestones{/number} notifications labels{/name} releases{/id} deployments'.split(
    ' ',
  );

function repository({ rng, id, name }: Place): object {
  const urls = repositoryParts.map((part, index) => [
    `${part.replace(/[{/].*/, '')}${index}_url`,
    api(`repos/${name}/${part}`),
  ]);
  return {
    id,
    node_id: `R_${id}`,
    name: name.split('/')[1],
    full_name: name,
    private: false,
    owner: user(id),
    html_url: `https://github.com/${name}`,
    description: text(rng, 9),
    fork: false,
    ...Object.fromEntries(urls),
    created_at: '2020-01-01T00:00:00Z',
    size: 1234,
    stargazers_count: 50,
    language: 'Java',
    archived: false,
    license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' },
    topics: [],
    default_branch: 'main',
    clone_url: `https://github.com/${name}.git`,
  };
}

function api(path: string): string {
  return `https://api.github.com/${path}`;
}

function sha(rng: Rng): string {
  return Array.from({ length: 5 }, () =>
    rng
      .int(0, 2 ** 31 - 1)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}

const words =
  'the of fix bug when parser error null value test issue update readme add support for config option memory leak crash build fails windows linux version release'.split(
    ' ',
  );

function text(rng: Rng, count: number): string {
  return Array.from({ length: count }, () => rng.pick(words)).join(' ');
}
