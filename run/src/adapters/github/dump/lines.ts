import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { toDiskError } from '../../../domain/disk-error.ts';
import { UsageError } from '../../../util/errors.ts';

export interface DumpLine {
  readonly value: object;
  /** "pulls.jsonl line 3", for messages. */
  readonly where: string;
}

/** The JSON objects of a JSONL file, plain or gzip; a line may hold a list of them. Throws UsageError for what is neither. */
export async function* readDumpLines(path: string, signal: AbortSignal): AsyncGenerator<DumpLine> {
  let number = 0;
  try {
    for await (const text of linesOf(path)) {
      number++;
      signal.throwIfAborted();
      if (text.trim() === '') continue;
      const where = `${path} line ${number}`;
      const value = parseLine(text, where);
      for (const one of Array.isArray(value) ? value : [value]) yield { value: asObject(one, where), where };
    }
  } catch (error) {
    if (signal.aborted || error instanceof UsageError) throw error;
    throw toDiskError(`read ${path} after line ${number}`, error);
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // A pipe does not hand errors on.
  file.on('error', (error) => input.destroy(error));
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
    if (input.errored) throw input.errored;
  } finally {
    file.destroy();
  }
}

function parseLine(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${where} is no JSON: ${cause instanceof Error ? cause.message : cause}; mend or remove the line`;
    throw new UsageError(message, { cause });
  }
}

function asObject(value: unknown, where: string): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new UsageError(`${where} is no JSON object; mend or remove the line`);
}
