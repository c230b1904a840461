import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Container, Image } from '../../src/ports/container-runtime.ts';
import type { LayerIndexes } from '../../src/ports/layer-indexes.ts';
import { ensureIndexes } from '../../src/stages/build/leaks/ensure-indexes.ts';
import { findLeaks } from '../../src/stages/build/leaks/find-leaks.ts';
import { indexFiles } from '../../src/stages/build/leaks/layer-index.ts';
import { toCommand, toOptions } from '../contract/container-runtime.ts';
import { createMemoryLayerIndexes } from '../fakes/memory-layer-indexes.ts';
import { hasEngine, openEngine, type TestEngine } from './engine.ts';

const { signal } = new AbortController();
const limits = { cpus: 1, memoryBytes: 256 * 2 ** 20, processes: 100, diskBytes: 100 * 2 ** 20 };
const fixed = 'export const limit = (amount, account) => Math.min(amount, account.balance);';
const gold = `diff --git a/pay.js b/pay.js
new file mode 100644
--- /dev/null
+++ b/pay.js
@@ -0,0 +1,1 @@
+${fixed}
`;
const gitCommit = 'git -c user.name=a -c user.email=a@b -c core.logAllRefUpdates=false commit -q -m base';
const layTree = (content: string) =>
  `echo '${fixed.toUpperCase()}' > /usr/same.js; mkdir /testbed; cd /testbed; git init -q -b main; echo '${content}' > file; git add file; ${gitCommit}`;

describe.skipIf(!(await hasEngine()))('findLeaks', () => {
  describe('in layers of an image', () => describeFindLeaks(false));
  describe('in a layer that was read while it was made', () => describeFindLeaks(true));
});

function describeFindLeaks(isWhileMade: boolean): void {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  /** What is found in an image of two layers: a tree with one file, and what `second` makes. */
  async function check(second: string, content = 'base') {
    const { runtime, base } = engine;
    const indexes = createMemoryLayerIndexes();
    await using first = await runtime.start(toOptions({ image: base.id, privileges: 'build' }), signal);
    const laid = await first.exec(toCommand(layTree(content)), signal);
    expect(laid).toMatchObject({ exitCode: 0 });
    const below = await first.commit({ labels: {}, env: {}, folder: '/testbed' }, signal);
    await using next = await runtime.start(toOptions({ image: below.id, privileges: 'build' }), signal);
    expect(await next.exec(toCommand(second, { folder: '/testbed' }), signal)).toMatchObject({ exitCode: 0 });
    if (isWhileMade) await ensureIndexes(below, { runtime, indexes }, signal);
    const image = await commit(next, indexes);
    const question = { image, patches: [gold], basePaths: ['file'] };
    const known = await Promise.all(image.layers.map(indexes.has));
    expect(known).toEqual(isWhileMade ? [true, true, true] : [false, false, false]);
    return await findLeaks(question, { runtime, indexes, limits, now: () => 0 }, signal);
  }

  it('shows what it looked at where there is none', async () => {
    const { leaks, layers, files, lines, blobs, repositories } = await check('echo built > /usr/built');

    expect(leaks).toEqual([]);
    expect({ layers, lines, blobs }).toEqual({ layers: 3, lines: 1, blobs: 1 });
    expect(files).toBeGreaterThan(20);
    expect(repositories).toMatchObject([{ path: '/testbed/.git', commits: 1, refs: 1, objects: 3, unreachable: 0 }]);
  });

  it('finds nothing in a copy that the change brings up to date', async () => {
    expect((await check('echo built > /usr/built', fixed)).leaks).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['a second commit', `echo more > file; git add file; ${gitCommit}`, ['git-history']],
    [
      'a commit that only a tag has',
      `git tag v1; echo more > file; git add file; ${gitCommit}; git reset -q --hard v1`,
      ['git-history'],
    ],
    ['an object that nothing leads to', 'echo lost | git hash-object -w --stdin', ['git-history']],
    ['the fix among the objects', `echo '${fixed}' | git hash-object -w --stdin`, ['git-object', 'git-history']],
    ['the fix in a file', `echo '${fixed}' > /usr/fixed.js`, ['file']],
    [
      'the fix in a file of the same size and time as the one below',
      `touch -r /usr/same.js /usr/time; echo '${fixed}' > /usr/same.js; touch -r /usr/time /usr/same.js`,
      ['file'],
    ],
  ])('finds %s', async (_, script, kinds) => {
    const { leaks } = await check(script);

    expect(leaks.map(({ kind }) => kind)).toEqual(kinds);
  });

  async function commit(container: Container, indexes: LayerIndexes): Promise<Image> {
    const changed = isWhileMade ? await container.changed(signal) : undefined;
    const image = container.commit({ labels: {}, env: {}, folder: '/testbed' }, signal);
    if (changed) await indexes.write(indexFiles(changed), async () => (await image).layers.at(-1) ?? '');
    return await image;
  }
}
