import type { TracedCall } from '../../ports/solver-isolate.ts';

/**
 * How many calls of a trace tell all that any of them tells about an answer, by a greedy cover: the call that tells most of what is still
 * unknown, again and again. What has to be known of each submitted row, so far as any call tells it: the name, a row with its attributes,
 * and what stands in one row (or call) together with the answer row's key.
 */
export function fewestCalls(trace: readonly TracedCall[], answer: unknown): number {
  const wanted = wantedOf(answer);
  const tells = trace.map((call) => toldBy(call, wanted)).filter((told) => told.size > 0);
  const open = new Set(tells.flatMap((told) => [...told]));
  const gain = (told: ReadonlySet<string>): number => [...told].filter((one) => open.has(one)).length;
  let calls = 0;
  for (; open.size > 0; calls++) {
    const best = tells.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const one of best) open.delete(one);
  }
  return calls;
}

/** What has to be known, by the value that a row may show. */
interface Wanted {
  readonly names: ReadonlyMap<unknown, NameFacts>;
  /** By the key of an answer row, each of its other values. */
  readonly pairs: ReadonlyMap<unknown, readonly Pair[]>;
}

/** The facts about a name, a text each. */
interface NameFacts {
  readonly name: string;
  readonly attributes: string;
}

interface Pair {
  readonly value: unknown;
  readonly fact: string;
}

function wantedOf(answer: unknown): Wanted {
  const rows = (Array.isArray(answer) ? answer : Object.values(answer as object).flat()) as object[];
  const values = rows.map((row): unknown[] => Object.values(row));
  const names = values.flat().filter((value) => typeof value === 'string');
  const pairs = values.flatMap(([key, ...others]) =>
    others.map((value) => ({ key, value, fact: `pair ${key} ${value}` })),
  );
  return {
    names: new Map(names.map((name) => [name, { name: `name ${name}`, attributes: `attributes ${name}` }])),
    pairs: Map.groupBy(pairs, ({ key }) => key),
  };
}

/** What a call tells of what is wanted. */
function toldBy({ args, result }: TracedCall, wanted: Wanted): Set<string> {
  const asked: unknown[] = Object.values(args ?? {});
  const told = new Set<string>();
  for (const row of Array.isArray(result) ? result : [result])
    if (typeof row === 'object' && row !== null) tellByRow(told, { shown: Object.values(row), asked }, wanted);
  return told;
}

/** A row with fewer columns tells a name and no attribute of it. */
const ATTRIBUTE_COLUMNS = 2;

interface SeenRow {
  readonly shown: readonly unknown[];
  readonly asked: readonly unknown[];
}

function tellByRow(told: Set<string>, { shown, asked }: SeenRow, { names, pairs }: Wanted): void {
  const seen = new Set([...shown, ...asked]);
  const hasAttributes = shown.length >= ATTRIBUTE_COLUMNS;
  const pairsSeen = [...seen].flatMap((value) => pairs.get(value) ?? []).filter((pair) => seen.has(pair.value));
  for (const { fact } of pairsSeen) told.add(fact);
  for (const value of seen) {
    const facts = names.get(value);
    if (!facts) continue;
    if (hasAttributes) told.add(facts.attributes);
    if (shown.includes(value)) told.add(facts.name);
  }
}
