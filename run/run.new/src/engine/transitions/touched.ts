/** Whether the id of a test names one of these files: by its path, its class or module ("tests/test_a.py" in "tests.test_a :: test_x"), or Go's package. */
export function isTouched(id: string, paths: readonly string[]): boolean {
  const [classname = ''] = id.split(' :: ');
  return paths.some((path) => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    if (name.endsWith('_test.go')) return classname === folder || classname.endsWith(`/${folder}`);
    const stem = name.replace(/(\.\w+)+$/, '');
    return id.includes(path) || (stem !== '' && words(id).has(stem));
  });
}

function words(id: string): ReadonlySet<string> {
  return new Set(id.split(/[^\w$-]+|\$/));
}
