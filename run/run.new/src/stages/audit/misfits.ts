import type { Answer, AnswerShape } from '../../domain/answer.ts';

type Row = Readonly<Record<string, unknown>>;

/** An answer that is malformed in one way. */
export interface Misfit {
  readonly operator: string;
  readonly text: string;
}

/** Mutations of the answer's form: none of them is well-formed. */
export function structuralMutants(answer: Answer): Misfit[] {
  const lists = (Array.isArray(answer) ? [answer] : Object.values(answer)) as Row[][];
  return lists.flatMap((list) =>
    Object.entries(malformed(list)).map(([operator, rows]) => ({ operator, text: replaceList(answer, list, rows) })),
  );
}

/** The list with its first row spoilt, by how; none of an empty one. */
function malformed([first, ...rest]: readonly Row[]): Record<string, Row[]> {
  if (!first) return {};
  const [key, field] = Object.keys(first) as [string, string];
  const { [field]: value, ...without } = first;
  const spoilt = (change: Row): Row[] => [{ ...first, ...change }, ...rest];
  return {
    'a row dropped': rest,
    'a row twice': [first, first, ...rest],
    'a row in place of another': rest.length > 0 ? [first, ...rest.slice(0, -1), first] : [first, first],
    'a field dropped': [without, ...rest],
    'a field too many': spoilt({ note: 'x' }),
    'a value of another type': spoilt({ [field]: typeof value === 'number' ? String(value) : 7 }),
    'null for a value': spoilt({ [field]: null }),
    'a fraction for a value': spoilt({ [field]: 0.5 }),
    'a number far out of range': spoilt({ [field]: 1_000_000_007 }),
    'another key': spoilt({ [key]: 'another key' }),
    'a list in place of a value': spoilt({ [field]: [value] }),
  };
}

/** A malformed answer, and the one integrity check that has to name it. */
export interface Stranger extends Misfit {
  readonly check: string;
}

/** For each list a row in the place of another, and for each field of names three that are none: only an integrity check may name them. */
export function strangersOf(answer: Answer, shape: AnswerShape): Stranger[] {
  return shape.parts.flatMap(({ name: part, key, fields }) => {
    const list = (Array.isArray(answer) ? answer : (answer as Readonly<Record<string, unknown>>)[part]) as Row[];
    const [first, ...rest] = list as [Row, ...Row[]];
    const stranger = (operator: string, check: string, rows: readonly Row[]): Stranger => ({
      operator,
      check: check.replaceAll('_', '-'),
      text: replaceList(answer, list, rows),
    });
    const twice = stranger('a row in place of another', `once-${part}`, [
      ...list.slice(0, -1),
      { ...list.at(-1), [key.field]: first[key.field] },
    ]);
    const names = fields.filter(({ domain }) => 'table' in domain);
    const others = names.flatMap(({ name }) =>
      Object.entries(strangeNames(String(first[name]))).map(([operator, value]) =>
        stranger(operator, `known-${part}-${name}`, [{ ...first, [name]: value }, ...rest]),
      ),
    );
    return [...(rest.length > 0 ? [twice] : []), ...others];
  });
}

/** Spellings of a name that are not that name. */
function strangeNames(name: string): Record<string, string> {
  const other = otherCase(name);
  return {
    'a name that does not exist': `${name} (closed)`,
    'a name with a blank behind it': `${name} `,
    ...(other === name ? {} : { 'a name in other letters': other }),
  };
}

const otherCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

function replaceList(answer: Answer, list: unknown, rows: readonly unknown[]): string {
  if (Array.isArray(answer)) return JSON.stringify(rows);
  return JSON.stringify(
    Object.fromEntries(Object.entries(answer).map(([name, one]) => [name, one === list ? rows : one])),
  );
}
