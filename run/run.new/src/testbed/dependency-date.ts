/**
 * The last instant of the month of a commit, or now if that is earlier: the day that versions are resolved for. Instances of one month share what
 * was resolved, and a package that the commit already asks for is there.
 */
export function toDependencyDate(committedAt: string, now: number): string {
  const commit = new Date(committedAt);
  const end = Date.UTC(commit.getUTCFullYear(), commit.getUTCMonth() + 1) - 1000;
  return new Date(Math.min(end, now)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
