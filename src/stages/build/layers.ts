import type { Candidate } from '../../domain/candidate.ts';
import { type Recipe, TESTBED } from '../../domain/recipe.ts';
import type { Container, Image } from '../../ports/container-runtime.ts';
import type { Snapshot } from '../../ports/repository.ts';
import { folderOf } from '../../testbed/run-tests.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { type LayerPlan, runOwn } from './layer.ts';

/** Raise it whenever the same recipe gives other layers. */
const version = '1';

/** What every image has, whatever the stack: graders, exporters and our own scripts rely on it. */
const commonPackages = ['bash', 'ca-certificates', 'findutils', 'git', 'gzip', 'libfaketime', 'python3', 'tar'];
const commonEnv = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

export function imageEnv(recipe: Recipe): Readonly<Record<string, string>> {
  return { ...commonEnv, ...recipe.env };
}

/** Suite, packages and toolchain: for every repository that asks for the same. */
export function planBase({ recipe }: Pick<DependencySource, 'recipe'>, from: Image): LayerPlan {
  const packages = [...new Set([...commonPackages, ...recipe.packages])].sort();
  const install = {
    name: 'packages',
    run: [
      'export DEBIAN_FRONTEND=noninteractive',
      'apt-get -q update',
      // Slim images have no pages of the manual, and packages that link theirs fail without the folder.
      'mkdir -p /usr/share/man/man1',
      aptInstall(packages),
      'apt-get clean',
      'rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache',
      `git config --system --add safe.directory '*'`,
      `mkdir -p ${TESTBED} /opt/envmint`,
    ].join('\n'),
  };
  const env = imageEnv(recipe);
  const steps = [install, ...recipe.toolchain];
  const key = contentHash({ version, kind: 'base', from: from.id, env, steps });
  return {
    kind: 'base',
    key,
    name: `envmint/base-${recipe.suite}:${key.slice(0, 12)}`,
    from,
    labels: { 'envmint.suite': recipe.suite, 'envmint.stack': recipe.stack },
    env,
    isOnline: true,
    folder: '/',
    steps,
  };
}

/**
 * What a crash would leave half written is thrown away with its container: no file has to be on disk before the next. A mirror may list security updates
 * that it no longer has, as of a suite that nobody keeps up any more: then the suite's own versions are taken.
 */
function aptInstall(packages: readonly string[]): string {
  return `install() {
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io --no-install-recommends "$@" install ${packages.join(' ')}
}
if ! install --download-only 2>&1 | tee /tmp/download.log && grep -qE 'security.* 404 ' /tmp/download.log; then
  printf 'Package: *\\nPin: release l=Debian-Security\\nPin-Priority: -1\\n' > /etc/apt/preferences.d/envmint-suite
fi
install
rm -f /tmp/download.log /etc/apt/preferences.d/envmint-suite`;
}

export interface DependencySource {
  readonly candidate: Candidate;
  readonly recipe: Recipe;
  readonly snapshot: Snapshot;
  /** Contents of the recipe's manifests by path; null for one that is not there. */
  readonly manifests: Readonly<Record<string, string | null>>;
  /** Null where the manifests fix every version. */
  readonly date: string | null;
}

/** What the project needs and nothing of the project: the tree lies there while steps run, and is gone before the layer is kept. */
export function planDependencies(source: DependencySource, from: Image): LayerPlan {
  const { candidate, recipe, snapshot, manifests, date } = source;
  const { repository } = candidate;
  const steps = [...recipe.dependencies, { name: 'take-tree-away', run: takeAway }];
  const env = imageEnv(recipe);
  const folder = folderOf(recipe);
  const key = contentHash({
    version,
    kind: 'dependencies',
    from: from.id,
    repository,
    env,
    folder,
    steps,
    manifests,
    date,
  });
  return {
    kind: 'dependencies',
    key,
    name: `envmint/${imageName(repository)}-dependencies:${key.slice(0, 12)}`,
    from,
    labels: { 'envmint.repository': repository },
    env,
    isOnline: true,
    folder,
    steps,
    lay: (container, signal) => layTree(container, snapshot, signal),
  };
}

/** The tree at the base commit, built offline. */
export function planInstance(source: DependencySource, from: Image): LayerPlan {
  const { candidate, recipe, snapshot } = source;
  const env = imageEnv(recipe);
  const folder = folderOf(recipe);
  const steps = [...recipe.build, { name: 'settle-tree', run: settle }];
  const { baseCommit: commit, id } = candidate;
  const key = contentHash({ version, kind: 'instance', from: from.id, commit, env, folder, steps });
  return {
    kind: 'instance',
    key,
    name: `envmint/${imageName(id)}:${key.slice(0, 12)}`,
    from,
    labels: { 'envmint.repository': candidate.repository, 'envmint.instance': id, 'envmint.commit': commit },
    env,
    isOnline: false,
    folder,
    steps,
    lay: (container, signal) => layTree(container, snapshot, signal),
  };
}

async function layTree(container: Container, snapshot: Snapshot, signal: AbortSignal): Promise<void> {
  await runOwn(container, { name: 'make the folder of the tree', script: `mkdir -p ${TESTBED}` }, signal);
  await container.upload(snapshot.tar(), TESTBED, signal);
  await runOwn(container, { name: 'fill the index of the tree', script: 'git reset --quiet', folder: TESTBED }, signal);
}

/** Tracked files go, and the folders of submodules, whatever the steps made of them; what steps added stays. */
const takeAway = `cd ${TESTBED}
git ls-files -z | xargs -0 -r rm -rf --
rm -rf .git
find . -mindepth 1 -type d -empty -delete
rm -rf /tmp/* /var/tmp/*`;

/** Tracked files are as the commit has them, and git is quiet about what the build left beside them. */
const settle = `cd ${TESTBED}
git checkout --quiet -- .
mkdir -p .git/info
git ls-files --others --exclude-standard --directory -z | sed -z 's/[][*?!#\\\\ ]/\\\\&/g; s#^#/#; s/$/\\n/' | tr -d '\\0' >> .git/info/exclude
git status --porcelain | head -20 >&2
test -z "$(git status --porcelain)"
rm -rf /tmp/* /var/tmp/*`;

/** Lower case, as names of images are, with single separators. */
function imageName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('/', '__')
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/_{3,}/g, '__')
    .replace(/[._-]*-[._]+|[._]+-[._-]*/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
}
