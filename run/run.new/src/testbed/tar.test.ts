import { Readable } from 'node:stream';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { packFiles, readFiles } from './tar.ts';

describe('packFiles and readFiles', () => {
  it('give back what they are given', async () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'abcé/ -'), minLength: 1, maxLength: 120 })
      .filter((text) => /[a-cé]$/.test(text) && !text.startsWith('/'));
    const files = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 2000 })), { selector: ([path]) => path });
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const read = await readFiles(Readable.from([Buffer.from(await packFiles(given))]), 1e6);
        expect(read?.map(({ name: path, bytes }) => [path, Buffer.from(bytes).toString('hex')])).toEqual(
          given.map(([path, bytes]) => [path, Buffer.from(bytes).toString('hex')]),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('leave out folders, links and devices', async () => {
    const tar = pack();
    tar.entry({ name: 'folder/', type: 'directory' });
    tar.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' });
    tar.entry({ name: 'hard', type: 'link', linkname: 'a' });
    tar.entry({ name: 'a.xml' }, '<testsuite/>');
    tar.finalize();

    expect((await readFiles(Readable.from(tar), 1e6))?.map(({ name }) => name)).toEqual(['a.xml']);
  });

  it('say when a tar breaks off', async () => {
    const whole = await packFiles([['a', 'x'.repeat(5000)]]);

    await expect(readFiles(Readable.from([Buffer.from(whole.subarray(0, 2000))]), 1e6)).rejects.toThrow();
  });

  it('stop where the files are more than asked for', async () => {
    const files = [
      ['a', 'x'.repeat(600)],
      ['b', 'x'.repeat(600)],
    ] as const;

    expect(await readFiles(Readable.from([Buffer.from(await packFiles(files))]), 2223)).toBeUndefined();
    expect(await readFiles(Readable.from([Buffer.from(await packFiles(files))]), 2224)).toHaveLength(2);
  });
});
