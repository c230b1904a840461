import type { Key } from '../../domain/answer.ts';
import type { Condition, Per, Pick } from '../../domain/constraint.ts';
import { pairsOf } from '../../util/pairs.ts';
import { compareWith } from './compare.ts';
import { type Model, NULL, SKIP, type Term } from './model.ts';

/** Whether a term's code satisfies the condition; NULL never does. */
export function createCondition(model: Model, condition: Condition): (code: number) => boolean {
  const codes = condition.values.map((value) => model.code(value));
  const first = codes[0] as number;
  const compare =
    condition.op === 'in'
      ? (code: number) => codes.includes(code)
      : condition.op === 'not in'
        ? (code: number) => !codes.includes(code)
        : compareWith(condition.op);
  return (code) => code !== NULL && compare(code, first);
}

/** The terms of a pick, one for each of its keys, weighted, with SKIP where `where` does not hold. */
export function expandPick(model: Model, pick: Pick): Term[] {
  const holds = pick.where ? createCondition(model, pick.where) : null;
  const weight = pick.weight ?? 1;
  return (pick.keys ?? model.keys(pick.part)).map((key) => {
    const slot = model.slot(pick.part, key, pick.field);
    const plain = model.codes(slot, pick.attr);
    if (!pick.where && weight === 1) return { slot, codes: plain };
    const where = pick.where ? model.codes(slot, pick.where.attr) : plain;
    const codes = plain.map((code, i) =>
      holds && !holds(where[i] as number) ? SKIP : code === NULL ? NULL : code * weight,
    );
    return { slot, codes };
  });
}

/** The terms of several picks, parted into the groups that are judged apart. */
export function groupTerms(model: Model, picks: readonly Pick[], per: Per | undefined): Term[][] {
  const keyed = picks.flatMap((pick) => {
    const keys = pick.keys ?? model.keys(pick.part);
    return expandPick(model, pick).map((term, i) => ({ key: keys[i] as Key, term }));
  });
  if (!per) return [keyed.map(({ term }) => term)];
  const byKey = collect(keyed.map(({ key, term }) => [key, [term]]));
  if (per.by === 'key') return [...byKey.values()];
  const members = (model.rows[per.table] ?? []).flatMap((row) => {
    const terms = byKey.get(row[per.member] as Key);
    return terms ? [[row[per.group], terms] as const] : [];
  });
  return [...collect(members).values()];
}

/** The lists under each key, one behind the other. */
function collect<K, T>(entries: readonly (readonly [K, readonly T[]])[]): Map<K, T[]> {
  const lists = new Map<K, T[]>();
  for (const [key, list] of entries) lists.set(key, [...(lists.get(key) ?? []), ...list]);
  return lists;
}

/** Every pair of terms that share a group, each once. */
export function pairsWithin(groups: readonly (readonly Term[])[]): [Term, Term][] {
  const [only] = groups;
  if (only && groups.length === 1) return pairsOf(only);
  const partners = new Map<Term, Set<Term>>();
  const partnersOf = (term: Term): Set<Term> => {
    const known = partners.get(term) ?? new Set();
    partners.set(term, known);
    return known;
  };
  return groups.flatMap((group) =>
    pairsOf(group).filter(([a, b]) => {
      if (partnersOf(a).has(b)) return false;
      partnersOf(a).add(b);
      partnersOf(b).add(a);
      return true;
    }),
  );
}
