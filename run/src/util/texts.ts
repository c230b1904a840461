/** Every text that stands in a value, at any depth; names of properties do not count. */
export function textsOf(value: unknown, texts: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) textsOf(one, texts);
  return texts;
}
