/** Runs `make` once for all who ask for `key` while it runs. What fails or is called off is made again by the next one. */
export function createOnce<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = running.get(key);
    if (known !== undefined) return known;
    const made = make().finally(() => running.delete(key));
    running.set(key, made);
    return made;
  };
}
