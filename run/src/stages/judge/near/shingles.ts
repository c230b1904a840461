/** Words in a row that make one shingle. */
const width = 5;

/** The shingles of a text as 32-bit hashes; a text shorter than one shingle is one by itself. */
export function shinglesOf(text: string): Set<number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const shingles = new Set<number>();
  for (let at = 0; at + width <= words.length; at++) shingles.add(hash32(words.slice(at, at + width).join(' ')));
  if (shingles.size === 0) shingles.add(hash32(words.join(' ')));
  return shingles;
}

/** The share of all shingles that both have, 0..1. */
export function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared++;
  return shared / (a.size + b.size - shared);
}

/** FNV-1a over UTF-16 code units, finished by murmur3's mixer. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** A permutation of 32-bit numbers. */
export function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
