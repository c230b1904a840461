import type { Canary, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';
import { usersOf } from './packages.ts';

/** A file beside a changed test, or one of changed test data, in its package: both tests run in the process in which the code under test is linked. */
export async function canary(nonce: string, { project }: Omit<Target, 'failToPass'>): Promise<Canary | undefined> {
  const beside = [...project.tests, ...usersOf(project)].find((path) => path.endsWith('_test.go'));
  const clause = /^package\s+(\w+)/m.exec(
    (beside === undefined ? undefined : await project.readTest(beside)) ?? '',
  )?.[1];
  if (beside === undefined || clause === undefined) return undefined;
  const [passing, failing] = [`TestA${nonce}`, `TestZ${nonce}`];
  const text = `package ${clause}

import "testing"

func ${passing}(t *testing.T) { t.Log("runs") }

func ${failing}(t *testing.T) { t.Error("must be seen") }
`;
  return { files: { [join(folderOf(beside), `z${nonce}_test.go`)]: text }, args: [], passing, failing };
}
