/** A GitHub object with camel-case names and lists instead of connections: REST and GraphQL look alike then. */
export type PlainObject = Readonly<Record<string, unknown>>;

const deepest = 12;

/**
 * Both spellings of GitHub's objects as one: `created_at` is `createdAt`, `{ nodes: […] }` and `{ edges: [{ node }] }` are lists, and the
 * `totalCount` of a connection `x` is `xTotal` beside it.
 */
export function toPlainObject(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((element) => toPlainObject(element, depth + 1));
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  const plain: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const camel = toCamel(name);
    plain[camel] = toPlainObject(listOf(member) ?? member, depth + 1);
    const total = totalOf(member);
    if (total !== undefined) plain[`${camel}Total`] = total;
  }
  return plain;
}

function toCamel(name: string): string {
  return name.startsWith('_') ? name : name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function listOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('nodes' in value && Array.isArray(value.nodes)) return value.nodes.filter((node) => node !== null);
  if ('edges' in value && Array.isArray(value.edges)) return value.edges.map((edge) => edge?.node).filter(Boolean);
  return undefined;
}

function totalOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('totalCount' in value)) return undefined;
  return typeof value.totalCount === 'number' ? value.totalCount : undefined;
}
