import type { Canary, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';

/** A class of two tests beside a changed one, run by the same process. */
export async function canary(nonce: string, { project }: Omit<Target, 'failToPass'>): Promise<Canary | undefined> {
  const beside = project.tests.find((path) => path.endsWith('.php'));
  if (beside === undefined) return undefined;
  const [passing, failing] = [`testA${nonce}`, `testZ${nonce}`];
  const path = join(folderOf(beside), `N${nonce}Test.php`);
  const text = `<?php

class N${nonce}Test extends \\PHPUnit\\Framework\\TestCase
{
    public function ${passing}(): void
    {
        $this->assertTrue(true);
    }

    public function ${failing}(): void
    {
        $this->fail('must be seen');
    }
}
`;
  return { files: { [path]: text }, args: [path], passing, failing };
}
