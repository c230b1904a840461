/** The 97.5 % quantile of the normal distribution: intervals cover 95 %. */
const Z = 1.959964;

/** The Wilson score interval of `hits` out of `tries` (Wilson 1927), rounded to four digits; [0, 1] without tries. */
export function wilson(hits: number, tries: number): { low: number; high: number } {
  if (tries === 0) return { low: 0, high: 1 };
  const share = hits / tries;
  const centre = share + (Z * Z) / (2 * tries);
  const spread = Z * Math.sqrt((share * (1 - share) + (Z * Z) / (4 * tries)) / tries);
  const scale = 1 + (Z * Z) / tries;
  const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return { low: round((centre - spread) / scale), high: round((centre + spread) / scale) };
}
