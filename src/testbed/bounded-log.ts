/** What a command printed: its beginning and its end, so that no log is larger than both. */
export interface BoundedLog {
  write(chunk: Uint8Array): void;
  text(): string;
}

const headBytes = 256 * 1024;
const tailBytes = 768 * 1024;

export function createBoundedLog(): BoundedLog {
  const head: Uint8Array[] = [];
  let headSize = 0;
  let tail: Uint8Array[] = [];
  let tailSize = 0;
  let dropped = 0;
  return {
    write(chunk) {
      const room = headBytes - headSize;
      const first = chunk.subarray(0, Math.max(0, room));
      if (first.byteLength > 0) head.push(Uint8Array.from(first));
      headSize += first.byteLength;
      const rest = chunk.subarray(first.byteLength);
      if (rest.byteLength === 0) return;
      tail.push(Uint8Array.from(rest));
      tailSize += rest.byteLength;
      while (tail[0] !== undefined && tailSize - tail[0].byteLength >= tailBytes) {
        tailSize -= tail[0].byteLength;
        dropped += tail[0].byteLength;
        tail = tail.slice(1);
      }
    },
    text() {
      const decode = (chunks: readonly Uint8Array[]) => Buffer.concat(chunks).toString('utf8');
      return dropped === 0 ? decode([...head, ...tail]) : `${decode(head)}\n… ${dropped} bytes …\n${decode(tail)}`;
    },
  };
}
