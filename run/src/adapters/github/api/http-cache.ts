import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { toDiskError } from '../../../domain/disk-error.ts';
import type { Client, RestAnswer, RestRequest } from './client.ts';

const Entry = z.object({ etag: z.string(), data: z.unknown() });
type Entry = z.infer<typeof Entry>;

export interface CacheOptions {
  /** The folder of answers, shared by runs. */
  readonly folder: string;
  /** What tells one server and reader from another: an answer for one is none for the other. */
  readonly scope: string;
}

/** GETs that ask only whether something changed where the answer is known; unchanged answers cost nothing of the rate limit. */
export function createCachedGet(client: Client, { folder, scope }: CacheOptions) {
  return async (request: RestRequest, signal: AbortSignal): Promise<RestAnswer> => {
    const name = createHash('sha256').update(`${scope} ${request.path}`).digest('hex');
    const file = join(folder, name.slice(0, 2), `${name}.json`);
    const known = await readEntry(file);
    const headers = known && { 'if-none-match': known.etag };
    const answer = await client.rest({ ...request, ...(headers && { headers }) }, signal);
    if (answer.status === 304 && known) return { ...answer, status: 200, data: known.data };
    const { etag } = answer.headers;
    if (answer.status === 200 && typeof etag === 'string') await writeEntry(file, { etag, data: answer.data });
    return answer;
  };
}

/** What cannot be read is asked for again. */
async function readEntry(file: string): Promise<Entry | undefined> {
  try {
    return Entry.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function writeEntry(file: string, entry: Entry): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, JSON.stringify(entry));
    await rename(temporary, file);
  } catch (error) {
    throw toDiskError(`write ${file} (another folder: --cache)`, error);
  }
}
