/** Marks the lines of files whose bytes come in pieces: two words a line, which are the same wherever the line stands. */
export interface LineMarker {
  push(chunk: Buffer): void;
  /** The end of a file: the marks of its lines, `MARK_BYTES` each. The next file may begin. */
  end(): Uint8Array;
}

export const MARK_BYTES = 8;
/** Lines of fewer bytes are in many files; longer ones than that nobody writes. Neither has a mark. */
export const MIN_LINE_BYTES = 24;
export const MAX_LINE_BYTES = 2 ** 16;

const none = Buffer.alloc(0);
const newline = 10;
/** What does not count in front of a line: blanks, and what a diff, a quotation or a log puts there. */
const before = new Uint8Array(256);
for (const char of ' \t\r\f\v+->|*#') before[char.charCodeAt(0)] = 1;

export function createLineMarker(): LineMarker {
  let marks = new Uint32Array(2 ** 12);
  let count = 0;
  let carried = none;
  let isTooLong = false;

  return {
    push(chunk) {
      const view = viewOf(chunk);
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (carried.length > 0 || isTooLong) finish(chunk.subarray(start, end));
        else mark(view, start, end);
        start = end + 1;
      }
      carry(chunk.subarray(start));
    },
    end() {
      finish(none);
      const bytes = Uint8Array.from(new Uint8Array(marks.buffer, 0, count * 4));
      count = 0;
      return bytes;
    },
  };

  function finish(rest: Buffer): void {
    carry(rest);
    if (!isTooLong) mark(viewOf(carried), 0, carried.length);
    carried = none;
    isTooLong = false;
  }

  function carry(rest: Buffer): void {
    if (isTooLong || rest.length === 0) return;
    isTooLong = carried.length + rest.length > MAX_LINE_BYTES;
    carried = isTooLong ? none : Buffer.concat([carried, rest]);
  }

  /** Four bytes at a time, because this is where the time goes. */
  function mark(bytes: DataView, from: number, to: number): void {
    const start = skipBefore(bytes, from, to);
    const end = skipBlanks(bytes, start, to);
    if (end - start < MIN_LINE_BYTES || end - start > MAX_LINE_BYTES) return;
    let first = end - start;
    let second = 0;
    const last = end - 4;
    for (let at = start; at < end; at += 4) {
      // The last four bytes overlap with those before where the length is no multiple of four.
      const word = bytes.getUint32(Math.min(at, last), true);
      first = Math.imul(first ^ word, 0x85ebca6b);
      first ^= first >>> 15;
      second = Math.imul(((second << 5) | (second >>> 27)) ^ word, 0x9e3779b1);
    }
    add(first, second);
  }

  function add(first: number, second: number): void {
    if (count === marks.length) {
      const more = new Uint32Array(marks.length * 2);
      more.set(marks);
      marks = more;
    }
    marks[count] = first;
    marks[count + 1] = second;
    count += 2;
  }
}

function skipBefore(bytes: DataView, from: number, to: number): number {
  let start = from;
  while (start < to && before[bytes.getUint8(start)] === 1) start += 1;
  return start;
}

function skipBlanks(bytes: DataView, start: number, to: number): number {
  let end = to;
  while (end > start && bytes.getUint8(end - 1) <= 32) end -= 1;
  return end;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
