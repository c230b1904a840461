import type { Canary, Overlay, Project, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join, nameOf } from '../shared/paths.ts';
import { selectTests } from './scope.ts';

/**
 * A class of two tests beside a changed one, run by the same process, and the same two in the changed classes: what is done to the tests of a class
 * alone is done to the two as well. Beside a .phpt file there is but the class. Tests of changed data are as good as changed ones.
 */
export async function canary(
  nonce: string,
  { project, recipe }: Omit<Target, 'failToPass'>,
): Promise<Canary | undefined> {
  const tests = selectTests(project, recipe.folder);
  const beside = tests.find((path) => path.endsWith('.php')) ?? tests[0];
  if (beside === undefined) return undefined;
  const [passing, failing] = [`testA${nonce}`, `testZ${nonce}`];
  const path = join(folderOf(beside), `N${nonce}Test.php`);
  const methods = toMethods(passing, failing);
  const text = `<?php\n\nclass N${nonce}Test extends \\PHPUnit\\Framework\\TestCase\n{\n${methods}}\n`;
  return { files: { ...(await growClasses(project, tests, methods)), [path]: text }, args: [path], passing, failing };
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

/** Changed test classes with the two in them: those that are named as their file and are not skipped as a whole. */
async function growClasses(project: Project, tests: readonly string[], methods: string): Promise<Overlay> {
  const files = tests.filter((path) => path.endsWith('Test.php'));
  const texts = await Promise.all(files.map(async (path) => [path, (await project.readTest(path)) ?? ''] as const));
  return Object.fromEntries(
    texts.flatMap(([path, text]) => {
      const found = findClass(text, nameOf(path).replace(/\.php$/, ''));
      if (found === undefined || mayBeSkipped(text, found)) return [];
      return [[path, `${text.slice(0, found.end)}\n${methods}${text.slice(found.end)}`]];
    }),
  );
}

/** Where a class begins, and where its closing brace is. */
interface Found {
  readonly start: number;
  readonly end: number;
}

const DECLARATION =
  /^(?:(?:abstract|final|readonly)\s+)*(?:class|interface|trait|enum|function|namespace\s+[\w\\]+\s*\{)\b.*/gm;

/** Undefined where the file has no such class of tests, or its closing brace cannot be told from others. */
function findClass(text: string, name: string): Found | undefined {
  const declarations = [...text.matchAll(DECLARATION)];
  const own = declarations.findIndex(
    ([line]) => /^(?:(?:final|readonly)\s+)*class\s+(\w+)\s+extends\s/.exec(line)?.[1] === name,
  );
  const start = declarations[own]?.index;
  if (start === undefined || !/\bfunction\s+test|@test\b|#\[Test\b/i.test(text)) return undefined;
  const isLast = own === declarations.length - 1;
  // A brace at the beginning of a line ends the class; in a text of several lines it may be anything.
  if (!isLast && text.includes('<<<')) return undefined;
  const end = isLast ? text.search(/\}\s*(?:\?>\s*)?$/) : start + text.slice(start).search(/^\}/m);
  return end < start ? undefined : { start, end };
}

/** Whether something else than a test of its own may skip every test of a class: what the class requires, or what is run before each. */
function mayBeSkipped(text: string, { start }: Found): boolean {
  const [, ...functions] = text.split(/\bfunction\s+(?=&?\w+\s*\()/);
  if (/@requires|\bRequires\w*\(/.test(text.slice(0, start))) return true;
  const isRunBefore = (body: string) => /^(?:setUp|assertPreConditions)/i.test(body);
  const isPreparing = functions.some(isRunBefore) || /@before\b|#\[Before\b/i.test(text);
  return isPreparing && functions.some((body) => !/^test/i.test(body) && /markTestSkipped/.test(body));
}
