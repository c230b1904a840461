import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBoundedLog } from './bounded-log.ts';

const mebibyte = 2 ** 20;

describe('createBoundedLog', () => {
  it('keeps what is short as it is, however it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (parts) => {
        const log = createBoundedLog();
        for (const part of parts) log.write(Buffer.from(part));
        expect(log.text()).toBe(Buffer.from(parts.join('')).toString());
      }),
    );
  });

  it('keeps the beginning and the end of what is long, and says how much is missing', () => {
    const log = createBoundedLog();
    log.write(Buffer.from('first\n'));
    for (let at = 0; at < 300; at++) log.write(Buffer.alloc(16_384, '.'));
    log.write(Buffer.from('\nlast'));

    const text = log.text();

    expect(text.startsWith('first\n')).toBe(true);
    expect(text.endsWith('\nlast')).toBe(true);
    expect(text.length).toBeLessThan(1.1 * mebibyte);
    const dropped = Number(/… (\d+) bytes …/.exec(text)?.[1]);
    const marker = `\n… ${dropped} bytes …\n`;
    expect(text.length - marker.length + dropped).toBe(6 + 300 * 16_384 + 5);
  });

  it('keeps no chunk that its writer changes later', () => {
    const log = createBoundedLog();
    const chunk = Buffer.from('good');
    log.write(chunk);
    chunk.fill('x');

    expect(log.text()).toBe('good');
  });
});
