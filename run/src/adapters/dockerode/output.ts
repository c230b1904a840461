const none = Buffer.alloc(0);
const headerBytes = 8;
const tailBytes = 4096;

/** What the engine sends of a process without a terminal: frames of an 8-byte header, whose last four bytes are a length, and as many bytes of output. */
export async function* unframe(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let header = none;
  let left = 0;
  for await (const chunk of stream) {
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const part = chunk.subarray(at, at + left);
        at += part.length;
        left -= part.length;
        yield part;
      } else {
        const part = chunk.subarray(at, at + headerBytes - header.length);
        at += part.length;
        header = Buffer.concat([header, part]);
        if (header.length === headerBytes) {
          left = header.readUInt32BE(4);
          header = none;
        }
      }
    }
  }
}

export interface Tail {
  push(chunk: Buffer): void;
  text(): string;
}

/** Keeps the last 4 KiB. */
export function createTail(): Tail {
  let kept = none;
  return {
    push(chunk) {
      const joined = chunk.length >= tailBytes ? chunk : Buffer.concat([kept, chunk]);
      // A copy, so that a large chunk is not kept alive by its end.
      kept = Buffer.from(joined.subarray(Math.max(0, joined.length - tailBytes)));
    },
    text: () => kept.toString('utf8'),
  };
}
