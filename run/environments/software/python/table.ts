/** A table of TOML or JSON, of which nothing is known. */
export type Table = Readonly<Record<string, unknown>>;

export function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** The table at a path of keys, empty where there is none. */
export function at(root: Table, ...keys: readonly string[]): Table {
  return keys.reduce<Table>((table, key) => asTable(table[key]), root);
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Scalars and lists of scalars as text, the items of lists apart by white space. */
export function textsOf(table: Table): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) => {
      if (Array.isArray(value)) return [[key, strings(value).join('\n')]];
      return ['string', 'number', 'boolean'].includes(typeof value) ? [[key, String(value)]] : [];
    }),
  );
}

/** An object with the field, or without it where the value is not text. */
export function optional<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return (typeof value === 'string' ? { [key]: value } : {}) as { readonly [P in K]?: string };
}
