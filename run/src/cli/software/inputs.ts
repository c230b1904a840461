import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { z } from 'zod';
import { UsageError } from '../../util/errors.ts';

/** The items of JSON Lines files; for a folder, of the file `name` in it. Throws UsageError with the line that is wrong. */
export async function readItems<T>(
  places: readonly string[],
  { name, schema, what }: { readonly name: string; readonly schema: z.ZodType<T>; readonly what: string },
): Promise<T[]> {
  const items: T[] = [];
  for (const place of places) {
    const path = await findFile(place, name);
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      number++;
      if (line.trim() === '') continue;
      items.push(parseLine(line, { schema, place: `${path}, line ${number}`, what }));
    }
  }
  return items;
}

async function findFile(place: string, name: string): Promise<string> {
  const path = resolve(place);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${place}: there is no such file or folder`);
  if (!found.isDirectory()) return path;
  const inside = join(path, name);
  if (await stat(inside).catch(() => undefined)) return inside;
  throw new UsageError(`${place} holds no ${name}: is it the folder of a run that has ended?`);
}

function parseLine<T>(
  line: string,
  { schema, place, what }: { readonly schema: z.ZodType<T>; readonly place: string; readonly what: string },
): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new UsageError(`${place}: it is no ${what}`, { cause });
  }
}

/** The items that were asked for by id, or all. Throws UsageError for an id that is not there. */
export function selectItems<T extends { readonly id: string }>(items: readonly T[], only: readonly string[]): T[] {
  const missing = only.filter((id) => !items.some((item) => item.id === id));
  if (missing.length > 0)
    throw new UsageError(`--only ${missing.join(', ')}: there is no such item among ${items.length}`);
  return only.length === 0 ? [...items] : items.filter(({ id }) => only.includes(id));
}
