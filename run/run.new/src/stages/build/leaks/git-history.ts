import { BoundaryError } from '../../../domain/boundary.ts';
import { TESTBED } from '../../../domain/recipe.ts';
import type { Container } from '../../../ports/container-runtime.ts';
import type { Leak } from './judge-traces.ts';

/** A repository of git in the image, in numbers. */
export interface GitFound {
  readonly path: string;
  /** All that any name, log or stash leads to. */
  readonly commits: number;
  readonly refs: number;
  readonly remotes: number;
  readonly alternates: number;
  /** Objects that nothing leads to. */
  readonly unreachable: number;
  readonly objects: number;
  /** Objects that are content of files after the change. */
  readonly secret: number;
}

/** One line a repository: its path, then the numbers in the order of `GitFound`. "$@" are names of objects. */
const script = `
secrets=$(printf '%s\\n' "$@")
find / -xdev -type d -name objects -not -path '/proc/*' -print0 | while IFS= read -r -d '' objects; do
  dir=\${objects%/objects}
  [ -e "$dir/HEAD" ] && [ -d "$dir/refs" ] || continue
  g() { git -c safe.directory='*' --git-dir="$dir" "$@"; }
  all=$(g cat-file --batch-all-objects --batch-check='%(objectname)')
  alternates=0
  [ ! -s "$dir/objects/info/alternates" ] || alternates=$(wc -l < "$dir/objects/info/alternates")
  printf '%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n' "$dir" \
    "$(g rev-list --all --reflog --count)" \
    "$(g for-each-ref | wc -l)" \
    "$(g remote | wc -l)" \
    "$alternates" \
    "$(g fsck --unreachable --no-reflogs --no-progress 2> /dev/null | grep -c '^unreachable' || true)" \
    "$(grep -c . <<< "$all" || true)" \
    "$(grep -c -x -F -e "$secrets" <<< "$all" || true)"
done`;

/** Runs in a container of the image. Throws BoundaryError where git gives no answer. */
export async function findGit(
  container: Container,
  blobs: readonly string[],
  signal: AbortSignal,
): Promise<readonly GitFound[]> {
  const limits = { timeoutMs: 600_000, outputBytes: 2 ** 20 };
  const chunks: Uint8Array[] = [];
  const log = { write: (chunk: Uint8Array) => void chunks.push(Uint8Array.from(chunk)) };
  // A pattern that is empty would match every line.
  const args = blobs.length > 0 ? blobs : ['none'];
  const { end, exitCode, tail } = await container.exec({ script, args, folder: '/', ...limits, log }, signal);
  if (exitCode !== 0) {
    throw new BoundaryError('container', `look for repositories in an image: ${end} ${exitCode ?? ''}: ${tail}`);
  }
  const rows = Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((row) => row.includes('\t'));
  return rows.map(toFound);
}

function toFound(row: string): GitFound {
  const [path = '', ...numbers] = row.split('\t');
  const [commits = 0, refs = 0, remotes = 0, alternates = 0, unreachable = 0, objects = 0, secret = 0] =
    numbers.map(Number);
  return { path, commits, refs, remotes, alternates, unreachable, objects, secret };
}

/** The repository under test has one commit and nothing else; others, as caches of packages have them, may have what is no secret. */
export function judgeGit(found: readonly GitFound[]): Leak[] {
  const own = `${TESTBED}/.git`;
  const secrets = found.flatMap(({ path, secret }): Leak[] =>
    secret > 0 ? [{ kind: 'git-object', where: path, what: `${secret} objects of the fix` }] : [],
  );
  const history = found.flatMap((one): Leak[] => {
    const { path, commits, refs, remotes, alternates, unreachable } = one;
    const isClean = commits === 1 && refs <= 1 && remotes + alternates + unreachable === 0;
    return path !== own || isClean ? [] : [{ kind: 'git-history', where: path, what: JSON.stringify(one) }];
  });
  const missing: Leak[] = found.some(({ path }) => path === own)
    ? []
    : [{ kind: 'git-history', where: own, what: 'there is no repository that could be looked into' }];
  return [...secrets, ...history, ...missing];
}
