import type { Recipe, Step, Suite } from '../../../src/domain/recipe.ts';
import type { Project } from '../../../src/testbed/stack.ts';
import { readCi } from '../shared/ci.ts';
import { JUNIT_PY } from '../shared/junit-py.ts';
import { join, relativeTo } from '../shared/paths.ts';
import { quote, TAKE_REPORTS, writeFile } from '../shared/shell.ts';
import { type Manifest, parseComposer } from './composer-json.ts';
import { installFromDebian } from './debian.ts';
import { chooseSuites, PHP, packagesFor } from './packages.ts';
import { REACH_PY } from './reach-py.ts';
import { RUNNER_PY } from './runner-py.ts';
import { selectTests } from './scope.ts';

export const STACK = { name: 'php', version: '5' } as const;

const ENV = {
  COMPOSER_ALLOW_SUPERUSER: '1',
  COMPOSER_HOME: '/opt/composer',
  COMPOSER_NO_INTERACTION: '1',
  LC_ALL: 'C.UTF-8',
} as const;

const runner: Step = {
  name: 'runner',
  run: [
    'mkdir -p /opt/envmint/lib',
    writeFile('/opt/envmint/lib/envmint_junit.py', JUNIT_PY),
    writeFile('/opt/envmint/lib/php_run.py', RUNNER_PY),
  ].join('\n'),
};

/** On each PHP that is allowed: Composer's own way, then the libraries of Debian. Both have the same packages, so that they share the base layer. */
export async function toRecipes(project: Project, folder: string): Promise<readonly Recipe[]> {
  const paths = new Set(project.paths);
  const manifestPath = join(folder, 'composer.json');
  const manifest = parseComposer((await project.read(manifestPath)) ?? '');
  const isLocked = paths.has(join(folder, 'composer.lock'));
  const suites = chooseSuites(manifest.php, project.committedAt);
  const found = { project, folder, manifest, isLocked, variables: await readVariables(project) };
  const ways = paths.has(manifestPath) ? (['composer', 'debian'] as const) : (['debian'] as const);
  return suites.flatMap((suite) => ways.map((way) => toRecipe(found, suite, way)));
}

/** Those of the first step of CI that runs tests. */
async function readVariables(project: Project): Promise<Found['variables']> {
  const runsTests = /\b(?:phpunit|pest|composer\s+(?:run(?:-script)?\s+)?(?:test|phpunit)|make\s+test)\b/;
  const steps = (await readCi(project)).flatMap((file) => file.steps);
  return steps.find(({ run }) => runsTests.test(run))?.env ?? {};
}

interface Found {
  readonly project: Project;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly isLocked: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

function toRecipe(found: Found, suite: Suite, way: 'composer' | 'debian'): Recipe {
  const { project, folder, manifest, isLocked, variables } = found;
  const { requirements, php } = manifest;
  const hasRunner = requirements.some((name) => name === 'phpunit/phpunit' || name === 'pestphp/pest');
  const needsDebianRunner = way === 'debian' || !hasRunner;
  const names = /(?:^|\/)composer\.(?:json|lock)$/;
  return {
    stack: STACK.name,
    stackVersion: STACK.version,
    variant: `${way}-php${PHP[suite].split('.').slice(0, 2).join('.')}`,
    suite,
    folder,
    env: ENV,
    packages: [...packagesFor(requirements), 'composer', 'phpunit'].sort(),
    toolchain: [runner],
    dependencies: [
      way === 'composer' ? viaComposer(isLocked) : { name: 'debian', run: installFromDebian(requirements) },
    ],
    manifests: project.paths.filter((path) => names.test(path)),
    isPinned: way === 'debian' || isLocked,
    // The map of the project's own classes is made anew for each commit.
    build: way === 'composer' ? [{ name: 'autoload', run: 'composer dump-autoload --no-scripts --no-plugins' }] : [],
    test: toTests(found),
    evidence: [
      `${join(folder, 'composer.json')}: php ${php ?? 'not said'}`,
      ...(isLocked ? ['composer.lock'] : []),
      ...(needsDebianRunner ? ["Debian's PHPUnit"] : []),
      ...(Object.keys(variables).length > 0 ? [`CI sets ${Object.keys(variables).join(', ')} for its tests`] : []),
    ],
  };
}

/** Scripts and plugins of strangers are not run: what tests need of them is nothing. */
function viaComposer(isLocked: boolean): Step {
  const command = isLocked ? 'install' : 'update --prefer-stable';
  const composer = `composer ${command} --no-progress --no-scripts --no-plugins --prefer-dist`;
  return { name: 'composer', run: `python3 -I - <<'END'\n${REACH_PY}END\n${composer}` };
}

function toTests({ project, folder, variables }: Found): Recipe['test'] {
  const files = selectTests(project, folder).map((path) => relativeTo(folder, path));
  const all = toScript('all', variables);
  return { files: files.length === 0 ? all : toScript(JSON.stringify(files), variables), package: all, all };
}

function toScript(scope: string, variables: Found['variables']): string {
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`);
  return `
${TAKE_REPORTS}${settings.length > 0 ? `\nexport ${settings.join(' ')}` : ''}
exec python3 -I /opt/envmint/lib/php_run.py "$reports" "$PWD" ${quote(scope)} "$@"`;
}
