import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../test/fakes/clock.ts';
import { createFakeRuntime } from '../../../test/fakes/container-runtime.ts';
import { BoundaryError } from '../../domain/boundary.ts';
import { withPatience } from './patience.ts';

const { signal } = new AbortController();
const away = () => new BoundaryError('container', 'list images: no Docker engine answers', { retryable: true });

/** An engine that does not answer for so many seconds from now on. */
function open(awaySeconds: number, over: { readonly isListBroken?: boolean } = {}) {
  const clock = createFakeClock();
  const engine = createFakeRuntime({ run: () => ({}) });
  const said: string[] = [];
  const answer =
    <T>(work: () => Promise<T>) =>
    async () => {
      if (clock.now() < awaySeconds * 1000) throw away();
      return await work();
    };
  const list = answer(() => engine.images({}, signal));
  const runtime = {
    ...engine,
    engine: answer(() => engine.engine(signal)),
    images: over.isListBroken ? () => Promise.reject(away()) : list,
  };
  return { clock, said, runtime: withPatience(runtime, { clock, say: (line) => said.push(line) }) };
}

describe('withPatience', () => {
  it('says nothing where the engine answers', async () => {
    const { runtime, said, clock } = open(0);

    expect(await runtime.images({}, signal)).toEqual([]);
    expect([said, clock.slept]).toEqual([[], []]);
  });

  it('waits for an engine that is being started again, and says so once to all who need it', async () => {
    const { runtime, said } = open(90);

    expect(await Promise.all([runtime.images({}, signal), runtime.images({}, signal)])).toEqual([[], []]);
    expect(said).toEqual([
      'the Docker engine does not answer any more: waiting for it, 5 minutes at most',
      'the Docker engine is back',
    ]);
  });

  it('gives up on one that does not come back', async () => {
    const { runtime, clock } = open(3600);

    await expect(runtime.images({}, signal)).rejects.toThrow('no Docker engine answers');
    expect(clock.now()).toBe(300_000);
  });

  it('does not wait where the engine answers and something else is wrong', async () => {
    const { runtime, said } = open(0, { isListBroken: true });

    await expect(runtime.images({}, signal)).rejects.toThrow('list images');
    expect(said).toEqual([]);
  });

  it('ends at an interruption', async () => {
    const { runtime } = open(3600);
    const reason = new Error('enough');

    await expect(runtime.images({}, AbortSignal.abort(reason))).rejects.toThrow();
  });
});
