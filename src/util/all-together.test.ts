import { describe, expect, it } from 'vitest';
import { allTogether } from './all-together.ts';

const { signal } = new AbortController();

describe('allTogether', () => {
  it('returns in the order of the works, whichever ends first', async () => {
    const first = Promise.withResolvers<string>();
    const works = [
      () => first.promise,
      async () => {
        first.resolve('a');
        return 'b';
      },
    ];

    expect(await allTogether(works, signal)).toEqual(['a', 'b']);
  });

  it('throws the first error once the others, which are aborted, have ended', async () => {
    const ended: unknown[] = [];
    const works = [
      (aborting: AbortSignal) =>
        new Promise<never>((_, reject) => {
          aborting.addEventListener('abort', () => {
            ended.push(aborting.reason);
            setImmediate(() => reject(new Error('aborted')));
          });
        }),
      () => Promise.reject(new Error('no engine')),
    ];

    await expect(allTogether(works, signal)).rejects.toThrow('no engine');
    expect(ended).toEqual([new Error('no engine')]);
  });

  it('hands the abort of the caller on', async () => {
    const caller = new AbortController();
    const works = [
      (aborting: AbortSignal) =>
        new Promise<never>((_, reject) => {
          aborting.addEventListener('abort', () => reject(aborting.reason));
        }),
    ];
    const all = allTogether(works, caller.signal);
    caller.abort(new Error('interrupted'));

    await expect(all).rejects.toThrow('interrupted');
  });
});
