import type { Recipe, Step } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { aptPackages, readCi } from '../shared/ci.ts';
import { join } from '../shared/paths.ts';
import { quote, quoteAll, TAKE_REPORTS } from '../shared/shell.ts';
import { compareVersions } from '../shared/versions.ts';
import { type Imports, readImports } from './imports.ts';
import { MODULE_PY } from './module-py.ts';
import { knownPackages, testPackages } from './packages.ts';
import { installConverter, installGo } from './toolchain.ts';
import { type Choice, chooseVersions, NEWEST, parseGoMod } from './versions.ts';

export const STACK = { name: 'go', version: '4' } as const;

const ENV = {
  PATH: '/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  GOPATH: '/opt/go',
  GOMODCACHE: '/opt/go/pkg/mod',
  GOCACHE: '/opt/go-cache',
  // The version is the recipe's choice: what go.mod says must not start a download.
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
} as const;

const PACKAGES = ['curl', 'g++', 'gcc', 'libc6-dev', 'pkg-config', 'tzdata'];

/** What the tests use of the library and of third parties, and no more: compiled code of the project itself must not get into a layer that other commits share. */
const WARM_UP = `
go mod download
go list -e -deps -test -f '{{if .Standard}}{{.ImportPath}}{{else if .Module}}{{if not .Module.Main}}{{.ImportPath}}{{end}}{{end}}' ./... \\
  | grep -v ' ' | grep -v '[.]test$' | sort -u > /tmp/packages || test $? -eq 1
if [ -s /tmp/packages ]; then xargs -a /tmp/packages go build; fi
rm -f /tmp/packages`;

/** Recipes for code of before modules: they get a go.mod of what they import. With a Go of the time, and with a new one for what dependencies have become. */
export async function toModuleRecipes(project: Project): Promise<readonly Recipe[]> {
  const { module, foreign } = await readImports(project);
  const ci = await readCi(project);
  const locks = LOCKS.filter((path) => project.paths.includes(path));
  const choices = [...chooseVersions({ module, go: undefined, toolchain: undefined }, ci, project.committedAt), NEWEST];
  return choices.filter(({ version }, at) => choices.findIndex((one) => one.version === version) === at).map(toRecipe);

  function toRecipe({ version, why }: Choice): Recipe {
    return {
      stack: STACK.name,
      stackVersion: STACK.version,
      variant: `go${version}-nomod`,
      suite: 'bookworm',
      folder: '',
      env: { ...ENV, GO111MODULE: 'on', ...toFlags(version, { isVendored: false, isWorkspace: false }) },
      packages: PACKAGES,
      toolchain: [installGo(version), installConverter],
      dependencies: [makeModule({ module, foreign, locks, date: project.committedAt, version })],
      manifests: locks,
      isPinned: false,
      build: [
        { name: 'module', run: `cp ${MODULE}/go.* .` },
        { name: 'compile', run: compile(knownPackages(project, '')) },
      ],
      test: toTests(testPackages(project, '')),
      evidence: [`no go.mod; imported as ${module}`, ...locks, why],
    };
  }
}

/** What the go command made a go.mod of, up to 1.21. */
const LOCKS = [
  ...['Godeps/Godeps.json', 'Gopkg.lock', 'GLOCKFILE', 'dependencies.tsv', 'glide.lock', 'vendor.conf', 'vendor.yml'],
  ...['vendor/manifest', 'vendor/vendor.json'],
];

const MODULE = '/opt/envmint/module';

interface Wanted extends Imports {
  readonly locks: readonly string[];
  readonly date: string;
  /** Of Go. */
  readonly version: string;
}

/** In a folder of its own, and of imports alone: nothing of the project gets into a layer that other commits share. What does not compile may be what no test needs. */
function makeModule({ module, foreign, locks, date, version }: Wanted): Step {
  const copies = locks.map((path) => `install -D ${quote(path)} ${quote(`${MODULE}/${path}`)}`);
  const run = `${takeProxy(version)}
mkdir -p ${MODULE}
${copies.join('\n')}
cd ${MODULE}
python3 -I - ${quoteAll([module, date, ...foreign])} <<'PYTHON'
${MODULE_PY}PYTHON
go mod download || true
go list -e -deps -test -f '{{if .Module}}{{if not .Module.Main}}{{.ImportPath}}{{end}}{{end}}' ./... \\
  | grep -v ' ' | grep -v '[.]test$' | sort -u > /tmp/packages || test $? -eq 1
if [ -s /tmp/packages ]; then xargs -a /tmp/packages go build || true; fi
find . -type f ! -name 'go.*' -delete
rm -f /tmp/packages`;
  return { name: 'module', run };
}

/** Recipes for the module in `folder`, one for each version of Go that is worth a try. */
export async function toRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const mod = parseGoMod((await project.read(join(folder, 'go.mod'))) ?? '');
  const ci = await readCi(project);
  const paths = new Set(project.paths);
  const isVendored = paths.has(join(folder, 'vendor/modules.txt'));
  const isWorkspace = paths.has('go.work');
  const apt = aptPackages(ci).filter((name) => name.startsWith('lib') || name === 'pkg-config');
  const evidence = [
    `${join(folder, 'go.mod')}: module ${mod.module}, go ${mod.go ?? 'not said'}`,
    ...(isVendored ? ['vendor/modules.txt: dependencies lie in the tree'] : []),
    ...(isWorkspace ? ['go.work: a workspace'] : []),
  ];
  const plain = chooseVersions(mod, ci, project.committedAt).map((choice) => toRecipe(choice, []));
  // CI's names are not always Debian's: libraries for cgo come last.
  const withLibraries = chooseVersions(mod, ci, project.committedAt)
    .slice(0, apt.length > 0 ? 1 : 0)
    .map((choice) => toRecipe(choice, apt));
  return [...plain, ...withLibraries];

  function toRecipe({ version, why }: Choice, libraries: readonly string[]): Recipe {
    return {
      stack: STACK.name,
      stackVersion: STACK.version,
      variant: libraries.length > 0 ? `go${version}-libraries` : `go${version}`,
      suite: 'bookworm',
      folder,
      env: { ...ENV, ...toFlags(version, { isVendored, isWorkspace }) },
      packages: [...PACKAGES, ...libraries].filter(isFirst).sort(),
      toolchain: [installGo(version), installConverter],
      dependencies: isVendored ? [] : [{ name: 'modules', run: takeProxy(version) + WARM_UP }],
      manifests: project.paths.filter((path) => /(?:^|\/)go\.(?:mod|sum|work|work\.sum)$/.test(path)),
      isPinned: true,
      build: [{ name: 'compile', run: compile(knownPackages(project, folder)) }],
      test: toTests(testPackages(project, folder)),
      evidence: [...evidence, why, ...(libraries.length > 0 ? [`CI installs ${libraries.join(', ')}`] : [])],
    };
  }
}

/** Go 1.12 asks the repositories of modules themselves, one by one, where nobody names a proxy. */
function takeProxy(version: string): string {
  return compareVersions(version, '1.13') < 0 ? `\nexport GOPROXY="\${GOPROXY:-https://proxy.golang.org}"` : '';
}

interface Kind {
  readonly isVendored: boolean;
  readonly isWorkspace: boolean;
}

/** In a module sums that go.sum lacks are taken from what was downloaded; a workspace refuses that flag. */
function toFlags(version: string, { isVendored, isWorkspace }: Kind): Record<string, string> {
  if (isVendored) return { GOFLAGS: '-mod=vendor' };
  if (isWorkspace) return {};
  return compareVersions(version, '1.14') >= 0 ? { GOFLAGS: '-mod=mod' } : {};
}

function compile(packages: readonly string[]): string {
  const tests = packages.length === 0 ? 'true' : `go test -vet=off -count=1 -run '^$' ${quoteAll(packages)}`;
  return `export GOPROXY=off GONOSUMDB='*'\n${tests}`;
}

const ALL = './...';

function toTests(packages: readonly string[]): Recipe['test'] {
  const some = packages.length === 0 ? ALL : quoteAll(packages);
  return { files: toScript(some), package: toScript(some), all: toScript(ALL) };
}

/** vet is off: newer versions complain of older code. */
const TEST = 'go test -json -vet=off -count=1 -timeout 20m';
const FOLDERS = `find . -name '*.go' -not -path '*/[._]*/*' -not -path '*/testdata/*' -not -path '*/vendor/*' -printf '%h\\n' | sort -u`;

/**
 * The report is written from the go command's own stream, after every test has ended. Old versions test nothing where one package does not load, as for a
 * dependency that asks for a newer Go: then they are asked for one after the other, and what does not load has failed.
 */
function toScript(packages: string): string {
  return `
export GOPROXY=off GONOSUMDB='*'
${TAKE_REPORTS}
stream=$(mktemp)
code=0
${TEST} ${packages} > "$stream" || code=$?
if ! grep -q '^{' "$stream"; then
  module=$(awk '$1 == "module" { print $2 }' go.mod)
  ${packages === ALL ? FOLDERS : `printf '%s\\n' ${packages}`} | while read -r folder; do
    ${TEST} "$folder" < /dev/null > "$stream.one" || true
    grep -q '^{' "$stream.one" || printf '{"Action":"fail","Package":"%s"}\\n' "$module\${folder#.}" > "$stream.one"
    cat "$stream.one" >> "$stream"
  done
fi
python3 -I /opt/envmint/lib/go_json.py "$reports" . "$stream"
rm -f "$stream"*
exit "$code"`;
}

function isFirst<T>(item: T, at: number, all: readonly T[]): boolean {
  return all.indexOf(item) === at;
}
