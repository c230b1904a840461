import type { FileHandle } from 'node:fs/promises';

/** A line of a file without its end, and where it lies in bytes. */
export interface FileLine {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const chunkBytes = 1 << 18;
const newline = 0x0a;

/** The non-empty lines of `file` from its start to its end, a chunk's at a time; the last one may lack its line feed. Holds one chunk and one line in memory. */
export async function* readLines(file: FileHandle): AsyncGenerator<FileLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let restOffset = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, restOffset + rest.length);
    if (bytesRead === 0) break;
    const bytes =
      rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    const lines: FileLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      if (end > start) lines.push(toLine(bytes.subarray(start, end), restOffset + start));
      start = end + 1;
    }
    yield lines;
    rest = bytes.subarray(start);
    restOffset += start;
  }
  if (rest.length > 0) yield [toLine(rest, restOffset)];
}

function toLine(bytes: Buffer, offset: number): FileLine {
  return { text: bytes.toString('utf8'), offset, length: bytes.length };
}
