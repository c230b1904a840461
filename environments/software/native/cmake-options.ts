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
  /FUZZ|BENCH|PERF|COVER|INSTALL|VALGRIND|SANIT|MEMCHECK|CUDA|MPI|NETWORK|ONLINE|DOC|PYTHON|QT|LINT|TIDY|SLOW|SHARED|STATIC|NO_|DISABLE|SKIP|CROSS|PACKAGE|CUSTOM|WITHOUT|OSSFUZZ|SINGLE|32/i;

export function readOptions(text: string): readonly Option[] {
  const plain = text.replaceAll(/^\s*#.*$/gm, '');
  return [...plain.matchAll(DECLARATION), ...plain.matchAll(CACHED)].map(([, name, says]) => ({
    name: name ?? '',
    says: says ?? '',
  }));
}

/** What is said to CMake: tests on, but for those of a part that is an option itself (FOO_SSL_TESTS beside FOO_SSL); warnings no errors. */
export function chooseDefinitions(options: readonly Option[]): readonly string[] {
  const chosen = new Map<string, string>([['BUILD_TESTING', 'ON']]);
  const isOfPart = (tests: string) =>
    options.some(({ name }) => name === tests.replace(/_TESTS?$/i, '') && name !== tests);
  for (const { name } of options) {
    if (TESTS.test(name) && !NOT_THESE.test(name) && !isOfPart(name)) chosen.set(name, 'ON');
    if (/WERROR|WARNINGS?_(?:AS|ARE|TO)_ERRORS?|FATAL_WARNINGS/i.test(name) && !/NO_|DISABLE/i.test(name))
      chosen.set(name, 'OFF');
  }
  return [...chosen].map(([name, value]) => `-D${name}=${value}`).sort();
}

/** The version in cmake_minimum_required: the lower bound. */
export function readMinimum(text: string): string | undefined {
  return /\bcmake_minimum_required\s*\(\s*VERSION\s+(\d+\.\d+)/i.exec(text)?.[1];
}
