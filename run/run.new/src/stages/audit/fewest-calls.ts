import type { TracedCall } from '../../ports/solver-isolate.ts';

/**
 * How many calls of a trace tell all that any of them tells about an answer, by a greedy cover: the call that tells most of what is still
 * unknown, again and again. What has to be known of each submitted row, so far as any call tells it: the name, a row with its attributes,
 * and what stands in one row (or call) together with the answer row's key.
 */
export function fewestCalls(trace: readonly TracedCall[], answer: unknown): number {
  const wanted = wantedOf(answer);
  const tells = trace.map((call) => toldBy(call, wanted));
  const open = new Set(tells.flatMap((told) => [...told]));
  const gain = (told: ReadonlySet<string>): number => [...told].filter((one) => open.has(one)).length;
  let calls = 0;
  for (; open.size > 0; calls++) {
    const best = tells.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const one of best) open.delete(one);
  }
  return calls;
}

interface Wanted {
  readonly names: readonly unknown[];
  /** The key of an answer row and one of its other values. */
  readonly pairs: readonly (readonly [unknown, unknown])[];
}

function wantedOf(answer: unknown): Wanted {
  const rows = (Array.isArray(answer) ? answer : Object.values(answer as object).flat()) as object[];
  const values = rows.map((row): unknown[] => Object.values(row));
  return {
    names: [...new Set(values.flat().filter((value) => typeof value === 'string'))],
    pairs: values.flatMap(([key, ...others]) => others.map((value) => [key, value] as const)),
  };
}

/** What a call tells of what is wanted, a text for each fact. */
function toldBy({ args, result }: TracedCall, wanted: Wanted): Set<string> {
  const asked: unknown[] = Object.values(args ?? {});
  const rows = (Array.isArray(result) ? result : [result]) as unknown[];
  return new Set(
    rows.flatMap((row) =>
      typeof row === 'object' && row !== null ? toldByRow(Object.values(row), asked, wanted) : [],
    ),
  );
}

/** A row with fewer columns tells a name and no attribute of it. */
const ATTRIBUTE_COLUMNS = 2;

function toldByRow(shown: readonly unknown[], asked: readonly unknown[], { names, pairs }: Wanted): string[] {
  const seen = new Set([...shown, ...asked]);
  const hasAttributes = shown.length >= ATTRIBUTE_COLUMNS;
  return [
    ...names.filter((name) => shown.includes(name)).map((name) => `name ${name}`),
    ...names.filter((name) => hasAttributes && seen.has(name)).map((name) => `attributes ${name}`),
    ...pairs.filter(([key, value]) => seen.has(key) && seen.has(value)).map(([key, value]) => `pair ${key} ${value}`),
  ];
}
