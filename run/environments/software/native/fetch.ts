/** What a CMake project would download, and what Debian has in its place. */
interface Substitute {
  readonly packages: readonly string[];
  readonly definitions: readonly string[];
}

const FIND_FIRST = '-DFETCHCONTENT_TRY_FIND_PACKAGE_MODE=ALWAYS';
const GOOGLETEST: Substitute = {
  packages: ['googletest', 'libgtest-dev', 'libgmock-dev'],
  definitions: [
    '-DFETCHCONTENT_SOURCE_DIR_GOOGLETEST=/usr/src/googletest',
    '-DFETCHCONTENT_SOURCE_DIR_GTEST=/usr/src/googletest',
  ],
};

const SUBSTITUTES: Readonly<Record<string, Substitute>> = {
  googletest: GOOGLETEST,
  gtest: GOOGLETEST,
  catch: { packages: ['catch2'], definitions: [FIND_FIRST] },
  catch2: { packages: ['catch2'], definitions: [FIND_FIRST] },
  doctest: { packages: ['doctest-dev'], definitions: [FIND_FIRST] },
  fmt: { packages: ['libfmt-dev'], definitions: [FIND_FIRST] },
  json: { packages: ['nlohmann-json3-dev'], definitions: [FIND_FIRST] },
  nlohmann_json: { packages: ['nlohmann-json3-dev'], definitions: [FIND_FIRST] },
  spdlog: { packages: ['libspdlog-dev'], definitions: [FIND_FIRST] },
  benchmark: { packages: ['libbenchmark-dev'], definitions: [FIND_FIRST] },
  googlebenchmark: { packages: ['libbenchmark-dev'], definitions: [FIND_FIRST] },
  zlib: { packages: ['zlib1g-dev'], definitions: [FIND_FIRST] },
  eigen: { packages: ['libeigen3-dev'], definitions: [FIND_FIRST] },
};

const FETCHES = [
  /\bFetchContent_Declare\s*\(\s*([\w.+-]+)/gi,
  /\bExternalProject_Add\s*\(\s*([\w.+-]+)/gi,
  /\bCPM(?:Add|Find)Package\s*\(\s*(?:NAME\s+|"gh:[^/"]+\/)?([\w.+-]+?)(?=[#@"\s)])/gi,
];

export interface Fetches {
  readonly names: readonly string[];
  readonly packages: readonly string[];
  readonly definitions: readonly string[];
}

export function readFetches(text: string): Fetches {
  const plain = text.replaceAll(/^\s*#.*$/gm, '');
  const names = [...new Set(FETCHES.flatMap((call) => [...plain.matchAll(call)].map(([, name]) => name ?? '')))].sort();
  const known = names.flatMap((name) => SUBSTITUTES[name.toLowerCase()] ?? []);
  return {
    names,
    packages: [...new Set(known.flatMap(({ packages }) => packages))],
    definitions: [...new Set(known.flatMap(({ definitions }) => definitions))],
  };
}

/** Bash that puts Debian's GoogleTest into the folders of submodules that a tree without submodules leaves empty; undefined where there are none. */
export function fillSubmodules(gitmodules: string): string | undefined {
  const paths = [...gitmodules.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, path]) => path ?? '');
  const tests = paths.filter(
    (path) => /(?:google|g)test(?:-\w+)?$/i.test(path) && /^[\w./-]+$/.test(path) && !path.includes('..'),
  );
  if (tests.length === 0) return undefined;
  return tests
    .map(
      (path) =>
        `if [ ! -e "/testbed/${path}/CMakeLists.txt" ]; then mkdir -p "/testbed/${path}"; cp -r /usr/src/googletest/. "/testbed/${path}/"; fi`,
    )
    .join('\n');
}
