/** A nonce as a word of any language's names: it stands whole in each, since an instance keeps its canary tests with a word in its place. */
export function toCanaryWord(nonce: string): string {
  return `x${nonce.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`;
}
