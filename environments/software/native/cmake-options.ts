/** Options that a CMakeLists.txt or a .cmake file declares. */
export interface Option {
  readonly name: string;
  readonly says: string;
}

/** What it is for may be left out: "option(NAME OFF)". */
const DECLARATION = /\b(?:option|cmake_dependent_option)\s*\(\s*(\w+)\s+(?:"((?:[^"\\]|\\.)*)"|\w+\s*\))/gi;
const CACHED = /\bset\s*\(\s*(\w+)\s+\S+\s+CACHE\s+BOOL\s+"((?:[^"\\]|\\.)*)"/gi;

const TESTS = /(?:^|_)(?:UNIT_?)?TESTS?(?:ING|S)?(?:$|_)|TESTS$/i;
const NOT_THESE =
  /FUZZ|BENCH|PERF|COVER|INSTALL|VALGRIND|SANIT|[AMTU]B?SAN|MEMCHECK|CUDA|MPI|NETWORK|ONLINE|DOC|PYTHON|QT|LINT|TIDY|SLOW|SHARED|STATIC|NO_|DISABLE|SKIP|CROSS|PACKAGE|CUSTOM|WITHOUT|OSSFUZZ|SINGLE|CONFIGURE|HELPER|PARSE|32/i;

export function readOptions(text: string): readonly Option[] {
  const plain = text.replaceAll(/^\s*#.*$/gm, '');
  return [...plain.matchAll(DECLARATION), ...plain.matchAll(CACHED)].map(([, name, says]) => ({
    name: name ?? '',
    says: says ?? '',
  }));
}

/**
 * What is said to CMake: tests on, but for those of a part that is an option itself (FOO_SSL_TESTS beside FOO_SSL); warnings no errors. Which tests: all,
 * or those that the project's main switch is for, should one of the others not work.
 */
export function chooseDefinitions(options: readonly Option[], which: 'all' | 'main' = 'all'): readonly string[] {
  const chosen = new Map<string, string>([['BUILD_TESTING', 'ON']]);
  const isOfPart = (tests: string) =>
    options.some(({ name }) => name === tests.replace(/_TESTS?$/i, '') && name !== tests);
  for (const { name } of options) {
    const isWanted = TESTS.test(name) && !NOT_THESE.test(name) && !isOfPart(name);
    if (isWanted && (which === 'all' || isMain(name, options))) chosen.set(name, 'ON');
    if (/WERROR|WARNINGS?_(?:AS|ARE|TO)_ERRORS?|FATAL_WARNINGS/i.test(name) && !/NO_|DISABLE/i.test(name))
      chosen.set(name, 'OFF');
  }
  return [...chosen].map(([name, value]) => `-D${name}=${value}`).sort();
}

/** BUILD_TESTS, FOO_BUILD_TESTS where other options begin with FOO as well, or the only one that is about tests; beside others ENABLE_ASYNC_TESTS is about a part. */
function isMain(name: string, options: readonly Option[]): boolean {
  const words = name
    .split(/_|(?<=[a-z])(?=[A-Z])/)
    .filter((word) => !/^(?:BUILD|ENABLE|WITH|MAKE|RUN|UNIT|TESTS?|TESTING)$/i.test(word));
  const prefix = words.join('_');
  const startsSo = (other: Option) => other.name !== name && other.name.startsWith(`${prefix}_`);
  const isOnly = options.filter((other) => TESTS.test(other.name)).length === 1;
  return prefix === '' || isOnly || options.some(startsSo);
}

/** The version in cmake_minimum_required: the lower bound. */
export function readMinimum(text: string): string | undefined {
  return /\bcmake_minimum_required\s*\(\s*VERSION\s+(\d+\.\d+)/i.exec(text)?.[1];
}
