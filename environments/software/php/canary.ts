import type { Canary, Overlay, Project, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';

/**
 * A class of two tests beside a changed one, run by the same process, and the same two in the changed classes: what is done to the tests of a class
 * alone is done to the two as well. Beside a .phpt file there is but the class.
 */
export async function canary(nonce: string, { project }: Omit<Target, 'failToPass'>): Promise<Canary | undefined> {
  const beside =
    project.tests.find((path) => path.endsWith('.php')) ?? project.tests.find((path) => path.endsWith('.phpt'));
  if (beside === undefined) return undefined;
  const [passing, failing] = [`testA${nonce}`, `testZ${nonce}`];
  const path = join(folderOf(beside), `N${nonce}Test.php`);
  const tests = toMethods(passing, failing);
  const text = `<?php\n\nclass N${nonce}Test extends \\PHPUnit\\Framework\\TestCase\n{\n${tests}}\n`;
  return { files: { ...(await growClasses(project, tests)), [path]: text }, args: [path], passing, failing };
}

function toMethods(passing: string, failing: string): string {
  return `    public function ${passing}(): void
    {
        $this->assertTrue(true);
    }

    public function ${failing}(): void
    {
        $this->fail('must be seen');
    }
`;
}

/** Files of one class and nothing else, whose tests are not skipped as a whole. */
async function growClasses(project: Project, tests: string): Promise<Overlay> {
  const files = project.tests.filter((path) => path.endsWith('Test.php'));
  const texts = await Promise.all(files.map(async (path) => [path, (await project.readTest(path)) ?? ''] as const));
  const fit = texts.filter(([, text]) => isOneClass(text) && !/@requires|\bRequires\w*\(|markTestSkipped/.test(text));
  return Object.fromEntries(fit.map(([path, text]) => [path, text.replace(/\}\s*(?:\?>\s*)?$/, `\n${tests}}\n`)]));
}

function isOneClass(text: string): boolean {
  const declared =
    text.match(
      /^(?:(?:abstract|final|readonly)\s+)*(?:class|interface|trait|enum|function|namespace\s+[\w\\]+\s*\{)\b.*/gm,
    ) ?? [];
  const [only = ''] = declared;
  return declared.length === 1 && /^(?:final\s+)?class\s+\w+\s+extends\s+[\w\\]*TestCase\b/.test(only);
}
