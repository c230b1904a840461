import type { FileHandle } from 'node:fs/promises';

/** Where bytes lie in a file. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

interface Block {
  readonly offset: number;
  readonly bytes: Buffer;
}

const blockBytes = 1 << 18;

/**
 * Reads places of a file that only grows. One block is kept: who asks for places in about the order of the file, as a resumed run does, reads the file
 * once and not a line at a time.
 */
export function createBlockReader(file: FileHandle): (place: Place) => Promise<Buffer> {
  let last: Promise<Block> | undefined;

  return async (place) => {
    const known = await last?.catch(() => undefined);
    if (known && holds(known, place)) return cut(known, place);
    const reading = readBlock(place);
    last = reading;
    return cut(await reading, place);
  };

  async function readBlock({ offset, length }: Place): Promise<Block> {
    const size = Math.max(length, blockBytes);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(size), 0, size, offset);
    return { offset, bytes: buffer.subarray(0, bytesRead) };
  }
}

function holds({ offset, bytes }: Block, place: Place): boolean {
  return place.offset >= offset && place.offset + place.length <= offset + bytes.length;
}

function cut({ offset, bytes }: Block, place: Place): Buffer {
  const start = place.offset - offset;
  return bytes.subarray(start, start + place.length);
}
