/** Looks for whole lines in bytes that come in pieces. */
export interface LineFinder {
  push(chunk: Buffer): void;
  /** The end of a file: numbers of the lines that were in it, ascending. The finder is ready for the next one. */
  end(): readonly number[];
}

const none = Buffer.alloc(0);
const newline = 10;
/** A line may have so much around it. */
const maxAround = 200;
const around = new Uint8Array(256);
for (const char of ' \t\r\f\v+->|*#') around[char.charCodeAt(0)] = 1;

/** `lines` are without blanks around, and at least 8 bytes long. Most lines of a file are put aside by their length or four of their bytes. */
export function createLineFinder(lines: readonly string[]): LineFinder {
  const wanted = lines.map((line) => Buffer.from(line));
  const maxLength = Math.max(0, ...wanted.map(({ length }) => length));
  const minLength = Math.min(Number.POSITIVE_INFINITY, ...wanted.map(({ length }) => length));
  const byMark = new Map<number, number[]>();
  for (const [index, bytes] of wanted.entries()) {
    const mark = markOf(bytes, 0, bytes.length);
    byMark.set(mark, [...(byMark.get(mark) ?? []), index]);
  }
  let carried = none;
  let isTooLong = false;
  let found = new Set<number>();

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (carried.length > 0 || isTooLong) finish(chunk.subarray(start, end));
        else look(chunk, start, end);
        start = end + 1;
      }
      carry(chunk.subarray(start));
    },
    end() {
      finish(none);
      const numbers = [...found].sort((a, b) => a - b);
      found = new Set();
      return numbers;
    },
  };

  function finish(rest: Buffer): void {
    carry(rest);
    if (!isTooLong) look(carried, 0, carried.length);
    carried = none;
    isTooLong = false;
  }

  function carry(rest: Buffer): void {
    if (isTooLong || rest.length === 0) return;
    isTooLong = carried.length + rest.length > maxLength + maxAround;
    carried = isTooLong ? none : Buffer.concat([carried, rest]);
  }

  function look(bytes: Buffer, from: number, to: number): void {
    if (!isFit(to - from, maxAround)) return;
    const start = skipAround(bytes, from, to);
    const end = skipBlanks(bytes, start, to);
    if (!isFit(end - start, 0)) return;
    for (const index of byMark.get(markOf(bytes, start, end)) ?? []) {
      if (wanted[index]?.equals(bytes.subarray(start, end))) found.add(index);
    }
  }

  function isFit(length: number, more: number): boolean {
    return length >= minLength && length <= maxLength + more;
  }
}

function skipAround(bytes: Buffer, from: number, to: number): number {
  let start = from;
  while (start < to && around[bytes[start] ?? 0] === 1) start += 1;
  return start;
}

function skipBlanks(bytes: Buffer, start: number, to: number): number {
  let end = to;
  while (end > start && (bytes[end - 1] ?? 0) <= 32) end -= 1;
  return end;
}

function markOf(bytes: Buffer, start: number, end: number): number {
  const middle = (start + end) >> 1;
  return bytes.readUInt32LE(middle - 2) * 512 + ((end - start) & 511);
}
