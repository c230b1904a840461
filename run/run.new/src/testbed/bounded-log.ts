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
  // The end goes round in here: a command may write a byte at a time, a billion times.
  const ring = Buffer.alloc(tailBytes);
  let written = 0;
  return {
    write(chunk) {
      const first = chunk.subarray(0, Math.max(0, headBytes - headSize));
      if (first.byteLength > 0) head.push(Uint8Array.from(first));
      headSize += first.byteLength;
      const rest = chunk.subarray(first.byteLength);
      const kept = rest.subarray(Math.max(0, rest.byteLength - tailBytes));
      const at = (written + rest.byteLength - kept.byteLength) % tailBytes;
      const fitting = kept.subarray(0, tailBytes - at);
      ring.set(fitting, at);
      ring.set(kept.subarray(fitting.byteLength), 0);
      written += rest.byteLength;
    },
    text() {
      const start = Buffer.concat(head).toString('utf8');
      if (written <= tailBytes) return Buffer.concat([...head, ring.subarray(0, written)]).toString('utf8');
      const at = written % tailBytes;
      const end = Buffer.concat([ring.subarray(at), ring.subarray(0, at)]).toString('utf8');
      return `${start}\n… ${written - tailBytes} bytes …\n${end}`;
    },
  };
}
