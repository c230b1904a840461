import { describe, expect, it } from 'vitest';
import { createOnce } from './once.ts';

describe('createOnce', () => {
  it('makes once for all who ask meanwhile, and again afterwards', async () => {
    const once = createOnce<number>();
    let made = 0;
    const make = async () => {
      const mine = ++made;
      await Promise.resolve();
      return mine;
    };

    expect(await Promise.all([once('a', make), once('a', make), once('b', make)])).toEqual([1, 1, 2]);
    expect(await once('a', make)).toBe(3);
  });

  it('tells all of a failure, and tries again for the next', async () => {
    const once = createOnce<string>();
    const fail = () => Promise.reject(new Error('down'));

    const asked = await Promise.allSettled([once('a', fail), once('a', async () => 'not asked')]);

    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await once('a', async () => 'up')).toBe('up');
  });
});
