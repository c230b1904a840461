/** Releases as numbers, by the first `length` of them; what a release does not say is 0. */
export function compareReleases(a: readonly number[], b: readonly number[], length = 3): number {
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** "1.21.3" is more than "1.21"; what follows the numbers ("-beta-2") plays no part. */
export function compareVersions(a: string, b: string): number {
  return compareReleases(toRelease(a), toRelease(b));
}

function toRelease(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
