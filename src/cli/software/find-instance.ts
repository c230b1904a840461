import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Instance } from '../../domain/instance.ts';
import { UsageError } from '../../util/errors.ts';

/** The instance at `place`: its file, its folder, or a run of validate where `id` says which. Throws UsageError. */
export async function findInstance(place: string, id?: string): Promise<Instance> {
  const places = id === undefined ? [place, join(place, 'instance.json')] : [join(place, 'items', id, 'instance.json')];
  for (const path of places) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return parse(path);
  }
  throw new UsageError(`${places.at(-1)}: there is no such file; give an instance's folder, as runs/<run>/items/<id>`);
}

/** Throws UsageError where `place` is no run of validate: then none of its instances is there. */
export async function refuseMissingRun(place: string): Promise<void> {
  const items = await stat(join(place, 'items')).catch(() => undefined);
  if (!items?.isDirectory()) throw new UsageError(`${place}: it is no run of validate; give its folder, as runs/<run>`);
}

async function parse(path: string): Promise<Instance> {
  try {
    return Instance.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new UsageError(`${path}: it is no instance, a damaged one, or one of an older version: validate it again`, {
      cause,
    });
  }
}
