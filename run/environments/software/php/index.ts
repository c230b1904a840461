import type { Project, Proposal, Stack } from '../../../src/testbed/stack.ts';
import { homeOf } from '../shared/home.ts';
import { nameOf } from '../shared/paths.ts';
import { attacks } from './attacks.ts';
import { canary } from './canary.ts';
import { STACK, toRecipes } from './recipes.ts';

const CONFIGURATIONS = ['phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml'];

/** PHP by PHPUnit or Pest, with Composer or with Debian's libraries. */
export const stack: Stack = { ...STACK, languages: ['php'], propose, isProtected, canary, attacks };

async function propose(project: Project): Promise<Proposal> {
  const folder = homeOf(project, CONFIGURATIONS) ?? homeOf(project, ['composer.json']);
  if (folder === undefined) {
    const hasCode = project.paths.some((path) => path.endsWith('.php'));
    return hasCode
      ? { kind: 'unsupported', why: 'neither a configuration of PHPUnit nor composer.json' }
      : { kind: 'not-ours' };
  }
  const [first, ...others] = await toRecipes(project, folder);
  if (first === undefined) return { kind: 'unsupported', why: 'no version of PHP fits' };
  return { kind: 'recipes', recipes: [first, ...others] };
}

/** Configuration of the runner, what is loaded before tests, installed libraries, and what says which classes are loaded from where. */
function isProtected(path: string): boolean {
  const name = nameOf(path);
  return (
    /^\.?phpunit.*\.xml(?:\.dist)?$|^phpunit.*\.(?:xml|phar)|^composer\.(?:json|lock|phar)$|^\.user\.ini$|^php\.ini$|^Pest\.php$/.test(
      name,
    ) ||
    /(?:^|\/)vendor\//.test(path) ||
    /(?:^|\/)tests?\/(?:.*\/)?[^/]*bootstrap[^/]*\.php$/i.test(path) ||
    /(?:Test|TestCase)\.php$|\.phpt$/.test(name)
  );
}
