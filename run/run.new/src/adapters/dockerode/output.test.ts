import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTail, unframe } from './output.ts';

const frames = fc.array(fc.record({ stream: fc.constantFrom(1, 2), payload: fc.uint8Array({ maxLength: 300 }) }), {
  maxLength: 12,
});

function toBytes(stream: number, payload: Uint8Array): Buffer {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

async function* cutAt(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  for (const [index, end] of places.entries()) yield bytes.subarray(places[index - 1] ?? 0, end);
}

describe('unframe', () => {
  it('gives the payloads, wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(frames, fc.array(fc.nat(), { maxLength: 20 }), async (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(({ stream, payload }) => toBytes(stream, payload)));

        const got: Buffer[] = [];
        for await (const part of unframe(cutAt(bytes, cuts))) got.push(part);

        expect(Buffer.concat(got)).toEqual(Buffer.concat(sent.map(({ payload }) => payload)));
      }),
    );
  });
});

describe('createTail', () => {
  it('keeps the last 4 KiB of what came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 6 }), (sizes) => {
        const tail = createTail();
        const chunks = sizes.map((size, index) => Buffer.alloc(size, 97 + index));
        for (const chunk of chunks) tail.push(chunk);

        expect(tail.text()).toBe(Buffer.concat(chunks).subarray(-4096).toString());
      }),
    );
  });
});
