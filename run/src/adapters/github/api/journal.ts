import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { toDiskError } from '../../../domain/disk-error.ts';
import { errorCode } from '../../../util/errors.ts';

/** Answers that a run has had, so that an interrupted listing goes on where it was and lists the same. */
export interface Journal {
  /** The answer that is written down under `key`, or that of `ask`, which is then written down. */
  once<T>(key: string, schema: z.ZodType<T>, ask: () => Promise<T>): Promise<T>;
}

const Line = z.object({ key: z.string(), value: z.unknown() });

/** One JSON object a line; read when it is first asked, since the run's folder is locked only then. */
export function createFileJournal(path: string): Journal {
  let reading: Promise<Map<string, unknown>> | undefined;
  return {
    async once(key, schema, ask) {
      reading ??= readJournal(path);
      const answers = await reading;
      const known = schema.safeParse(answers.get(key));
      if (known.success) return known.data;
      const value = await ask();
      answers.set(key, value);
      await append(path, `${JSON.stringify({ key, value })}\n`);
      return value;
    },
  };
}

/** Torn and foreign lines are left out: what they held is asked again. */
async function readJournal(path: string): Promise<Map<string, unknown>> {
  const text = await readText(path);
  const lines = text.split('\n').flatMap((line) => parseLine(line) ?? []);
  // A new line must not continue a torn one.
  if (text !== '' && !text.endsWith('\n')) await append(path, '\n');
  return new Map(lines.map(({ key, value }) => [key, value]));
}

function parseLine(line: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw toDiskError(`read ${path}`, error);
  }
}

async function append(path: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, line);
  } catch (error) {
    throw toDiskError(`write ${path}`, error);
  }
}
