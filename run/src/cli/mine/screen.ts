import { readFile } from 'node:fs/promises';
import { toDiskError } from '../../domain/disk-error.ts';
import {
  createScreen,
  type JudgeSettings,
  joinContamination,
  parseContamination,
  publishedBenchmarks,
} from '../../stages/judge/index.ts';

/** The judge by rules, with the user's lists of what must not be mined; the published benchmarks count unless the settings allow them. */
export async function openScreen(settings: JudgeSettings, files: readonly string[]) {
  const own = await Promise.all(files.map(async (file) => parseContamination(await readText(file), file)));
  const published = settings.benchmarks ? [] : [parseContamination(publishedBenchmarks, 'published benchmarks')];
  return createScreen(settings, joinContamination([...own, ...published]));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw toDiskError(`read --contamination ${file}`, error);
  }
}
