import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { createLineMarker, MARK_BYTES } from './line-marks.ts';
import type { Secrets } from './secrets.ts';

/*
 * The index of a layer: a record for each regular file, one after another. A record is the bytes of its path and the number of its marks (32 bits each),
 * its size (a double), the name that git gives to its content (20 bytes), the path, and the marks of its lines; numbers as the machine has them.
 */
const headBytes = 36;
/** For what was read and the start of a record before it. Indexes are read in one place, since memory that comes and goes in large pieces leaves gaps. */
const roomBytes = 2 ** 21;

/** The index of the files of a tar, as it is written. */
export async function* indexFiles(tar: Readable): AsyncGenerator<Uint8Array> {
  const marker = createLineMarker();
  const archive = extract();
  const fed = pipeline(tar, archive);
  // What is wrong with the tar is thrown by the loop as well.
  fed.catch(() => undefined);
  for await (const entry of archive) {
    const { name, size = 0, type } = entry.header;
    const hash = createHash('sha1').update(`blob ${size}\0`);
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk);
      marker.push(chunk);
    }
    const marks = marker.end();
    if (type === 'file') yield toRecord({ path: name.replace(/^(?:\.?\/)+/, ''), size, id: hash.digest(), marks });
  }
  await fed;
}

interface IndexedFile {
  /** Without the leading "/". */
  readonly path: string;
  readonly size: number;
  /** As git names its content. */
  readonly id: Buffer;
  readonly marks: Uint8Array;
}

function toRecord({ path, size, id, marks }: IndexedFile): Buffer {
  const name = Buffer.from(path);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(name.length, 0);
  head.writeUInt32LE(marks.length / MARK_BYTES, 4);
  head.writeDoubleLE(size, 8);
  id.copy(head, 16);
  return Buffer.concat([head, name, marks]);
}

/** Each record is good until the next one is asked for. */
async function* readRecords(index: AsyncIterable<Buffer>): AsyncGenerator<IndexedFile> {
  let room = Buffer.allocUnsafeSlow(roomBytes);
  let filled = 0;
  for await (const chunk of index) {
    if (filled + chunk.length > room.length)
      room = Buffer.concat([room.subarray(0, filled)], 2 * (filled + chunk.length));
    chunk.copy(room, filled);
    filled += chunk.length;
    const bytes = room.subarray(0, filled);
    let at = 0;
    for (let length = lengthOf(bytes, at); filled - at >= length; length = lengthOf(bytes, at)) {
      yield toFile(bytes.subarray(at, at + length));
      at += length;
    }
    room.copyWithin(0, at, filled);
    filled -= at;
  }
  if (filled > 0) throw new Error('the index of a layer ends in the middle of a file');
}

/** Of the record at `at`; of its head where that is not there yet. */
function lengthOf(bytes: Buffer, at: number): number {
  if (bytes.length - at < headBytes) return headBytes;
  return headBytes + bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * MARK_BYTES;
}

function toFile(record: Buffer): IndexedFile {
  const pathEnd = headBytes + record.readUInt32LE(0);
  const [size, id] = [record.readDoubleLE(8), record.subarray(16, headBytes)];
  return { path: record.toString('utf8', headBytes, pathEnd), size, id, marks: record.subarray(pathEnd) };
}

/** A file of a layer that holds something of the patches. */
export interface Trace {
  /** Without the leading "/". */
  readonly path: string;
  /** Numbers of the lines of `Secrets.lines` that are in it. */
  readonly lines: readonly number[];
  /** Set where its content is that of a changed file. */
  readonly blob: string | undefined;
}

export interface LayerScan {
  readonly files: number;
  readonly bytes: number;
  /** Files whose content is packed, and was not looked into: archives and databases of git. */
  readonly packed: number;
  readonly traces: readonly Trace[];
}

const packedNames = /\.(?:zip|whl|jar|egg|gem|crate|phar|t?gz|tar|bz2|xz|zst|pack)$/i;
const isGitObject = /(?:^|\/)objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/;

export async function searchIndex(index: AsyncIterable<Buffer>, { lines, blobs }: Secrets): Promise<LayerScan> {
  const finder = createMarkFinder(lines);
  const traces: Trace[] = [];
  const count = { files: 0, bytes: 0, packed: 0 };
  for await (const { path, size, id, marks } of readRecords(index)) {
    count.files += 1;
    count.bytes += size;
    count.packed += packedNames.test(path) || isGitObject.test(path) ? 1 : 0;
    const found = finder.find(marks);
    const name = id.toString('hex');
    const blob = blobs.has(name) ? name : undefined;
    if (found.length > 0 || blob !== undefined) traces.push({ path, lines: found, blob });
  }
  return { ...count, traces };
}

/** Finds which of `lines` are among marks. Most marks are put aside by 16 of their bits. */
function createMarkFinder(lines: readonly string[]): { find(marks: Uint8Array): number[] } {
  const marker = createLineMarker();
  const first = new Uint8Array(2 ** 16);
  const wanted = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    marker.push(Buffer.from(line));
    const mark = Buffer.from(marker.end());
    first[mark.readUInt16LE(0)] = 1;
    wanted.set(mark.toString('latin1'), index);
  }
  return {
    find(marks) {
      const bytes = Buffer.from(marks.buffer, marks.byteOffset, marks.length);
      const found = new Set<number>();
      for (let at = 0; at < bytes.length; at += MARK_BYTES) {
        if (first[(bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256] === 0) continue;
        const line = wanted.get(bytes.toString('latin1', at, at + MARK_BYTES));
        if (line !== undefined) found.add(line);
      }
      return [...found].sort((a, b) => a - b);
    },
  };
}
