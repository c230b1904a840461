import { z } from 'zod';
import { canonicalJson, compareText, contentHash } from '../util/canonical-json.ts';

/** The resolved settings of a run: all that decides its bytes, and nothing else (no concurrency, no output folder). */
export const RunConfig = z.looseObject({ v: z.literal(1), command: z.string().min(1) });
export type RunConfig = z.infer<typeof RunConfig>;

/** A letter or digit first, so that it is never an option or a hidden folder, and never leaves its parent. */
export const RunId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/** The id that a config has by itself: asking for the same again finds the same run. */
export function defaultRunId(config: RunConfig): string {
  return `${config.command}-${contentHash(config).slice(0, 12)}`;
}

/** The names of the top-level settings in which two configs differ, sorted. */
export function differingKeys(a: RunConfig, b: RunConfig): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => textOf(a[name]) !== textOf(b[name])).sort(compareText);
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}
