/** The value with each text replaced that `names` has; names of properties stay. */
export function renamed<T>(value: T, names: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') return (names.get(value) ?? value) as T;
  if (Array.isArray(value)) return value.map((one) => renamed(one, names)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)])) as T;
}

/** The same for the string literals of an SQL text. */
export function renamedSql(sql: string, names: ReadonlyMap<string, string>): string {
  return sql.replace(/'(?:[^']|'')*'/g, (literal) => {
    const name = names.get(literal.slice(1, -1).replaceAll("''", "'"));
    return name === undefined ? literal : `'${name.replaceAll("'", "''")}'`;
  });
}

/** The same for the double-quoted literals of a program. */
export function renamedSource(source: string, names: ReadonlyMap<string, string>): string {
  return source.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => {
    const name = names.get(parsed(literal));
    return name === undefined ? literal : JSON.stringify(name);
  });
}

function parsed(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return '';
  }
}
