/** An integer as people write it, by what it may be; a time of day has no sign. */
export function written(value: number) {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  return {
    count: `${sign}${size}`,
    clock: `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`,
    money: `${sign}${(size / 100).toFixed(2)}`,
    tenths: `${sign}${(size / 10).toFixed(1)}`,
  };
}
