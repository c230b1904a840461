import { describe, expect, it } from 'vitest';
import { createFakeHub, fakePull } from '../../../test/fakes/hub.ts';
import { createFakeRepositories } from '../../../test/fakes/repository.ts';
import { judgeNothing } from '../../../test/fakes/screen.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import { createMineStage, mineReasons } from './index.ts';

const ref = { repository: 'acme/widgets', number: 12, decoder: 'archive-slim' } as const;

function stageWith(version = '1') {
  const hub = createFakeHub({ repositories: [], pulls: [fakePull()], issues: [] });
  const screen = { ...judgeNothing, version };
  return createMineStage({ hub, screen, repositories: createFakeRepositories({}), artifacts: {} as Artifacts });
}

describe('createMineStage', () => {
  it('knows a pull request again from another source and in another spelling', () => {
    const { key } = stageWith();

    expect(key({ ...ref, decoder: 'github', isMerged: true })).toBe(key(ref));
    expect(key({ ...ref, repository: 'Acme/Widgets' })).toBe(key(ref));
    expect(key({ ...ref, number: 13 })).not.toBe(key(ref));
    expect(key({ ...ref, edition: 'a' })).not.toBe(key({ ...ref, edition: 'b' }));
  });

  it('owes its work again when the rules change', () => {
    expect(stageWith('2').version).not.toBe(stageWith('1').version);
  });

  it('rejects with a reason of the list', async () => {
    const outcome = await stageWith().work(ref, new AbortController().signal);

    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'repository-gone' });
    expect(mineReasons).toHaveProperty('repository-gone');
  });
});
