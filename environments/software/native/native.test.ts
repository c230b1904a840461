import { describe, expect, it } from 'vitest';
import type { Project, Proposal } from '../../../src/testbed/stack.ts';
import { chooseDefinitions, readMinimum, readOptions } from './cmake-options.ts';
import { fillSubmodules, readFetches } from './fetch.ts';
import { stack } from './index.ts';
import { knownPackages, librariesOf } from './libraries.ts';
import { chooseSuites } from './suites.ts';
import { cmakeTools } from './toolchain.ts';

function toProject(files: Readonly<Record<string, string>>, rest: Partial<Project> = {}): Project {
  return {
    repository: 'owner/name',
    language: 'cpp',
    paths: Object.keys(files).sort(),
    read: async (path) => files[path],
    readTest: async (path) => files[path],
    committedAt: '2023-06-01T00:00:00Z',
    sources: ['src/a.cpp'],
    tests: ['tests/a_test.cpp'],
    support: [],
    version: undefined,
    ...rest,
  };
}

const CMAKE = {
  'CMakeLists.txt':
    'cmake_minimum_required(VERSION 3.10)\noption(X_BUILD_TESTS "Tests" OFF)\nadd_subdirectory(tests)\n',
  'tests/CMakeLists.txt': 'find_package(GTest REQUIRED)\nadd_test(NAME a COMMAND a_test)\n',
  'src/a.cpp': 'int a() { return 1; }\n',
  'tests/a_test.cpp': '#include <gtest/gtest.h>\nTEST(A, b) {}\n',
};

const variants = (proposal: Proposal) =>
  proposal.kind === 'recipes'
    ? proposal.recipes.map(({ variant, folder }) => [variant, folder].join(' ').trim())
    : proposal;

describe('chooseDefinitions', () => {
  const choose = (text: string) => chooseDefinitions(readOptions(text)).filter((word) => word !== '-DBUILD_TESTING=ON');

  it.each([
    ['option(JSON_BuildTests "Build the unit tests" OFF)', ['-DJSON_BuildTests=ON']],
    [`option(FOO_BUILD_TESTS "Tests" ${'$'}{IS_TOP})`, ['-DFOO_BUILD_TESTS=ON']],
    ['option(FOO_BUILD_TESTS OFF)\noption(FOO_LONG OFF)', ['-DFOO_BUILD_TESTS=ON']],
    ['option(FOO_SSL "x" OFF)\noption(FOO_SSL_TESTS "x" OFF)', []],
    ['option ( ENABLE_TESTING "x" OFF )', ['-DENABLE_TESTING=ON']],
    ['option(FMT_TEST "Generate the test target." OFF)', ['-DFMT_TEST=ON']],
    ['cmake_dependent_option(LIBUV_BUILD_TESTS "Build" ON "BUILD_TESTING" OFF)', ['-DLIBUV_BUILD_TESTS=ON']],
    ['option(TOML_TEST_WITH_ASAN "" OFF)\noption(X_TEST_UBSAN "" OFF)', []],
    ['set(EXPAT_BUILD_TESTS ON CACHE BOOL "Build the tests")', ['-DEXPAT_BUILD_TESTS=ON']],
    ['option(FOO_FUZZ_TESTS "x" OFF)\noption(FOO_BUILD_BENCHMARK_TESTS "x" OFF)', []],
    ['option(FOO_DISABLE_TESTS "x" OFF)', []],
    ['option(FOO_CONFIGURE_TESTS "x" OFF)\noption(PARSE_FOO_TESTS_VERBOSE "x" OFF)', []],
    ['option(FOO_WERROR "x" ON)', ['-DFOO_WERROR=OFF']],
    ['option(FOO_WARNINGS_AS_ERRORS "x" ON)', ['-DFOO_WARNINGS_AS_ERRORS=OFF']],
    ['# option(FOO_BUILD_TESTS "x" OFF)', []],
    ['option(LATEST_ABI "The newest" OFF)', []],
  ])('%s', (text, expected) => expect(choose(text)).toEqual(expected));

  it.each([
    ['option(ENABLE_TESTS "x" OFF)\noption(ENABLE_ASYNC_TESTS "x" OFF)', ['-DENABLE_TESTS=ON']],
    ['option(DISABLE_TESTS "x" OFF)\noption(ENABLE_ASYNC_TESTS "x" OFF)', []],
    [
      'option(FOO_LIB_DOCS "x" OFF)\noption(FOO_LIB_BUILD_TESTS "x" OFF)\noption(FOO_LIB_GUI_TESTS "x" OFF)',
      ['-DFOO_LIB_BUILD_TESTS=ON'],
    ],
  ])('the main switch alone: %s', (text, expected) => {
    const chosen = chooseDefinitions(readOptions(text), 'main').filter((word) => word !== '-DBUILD_TESTING=ON');
    expect(chosen).toEqual(expected);
  });
});

describe('chooseSuites', () => {
  it.each([
    ['find_package(Catch2 3 REQUIRED)', 'trixie'],
    ['find_package(Catch2 2 REQUIRED)', 'bookworm'],
    ['target_link_libraries(a PRIVATE Catch2::Catch2WithMain)', 'trixie'],
    ["dependency('catch2-with-main')", 'trixie'],
    ["dependency('catch2')", 'bookworm'],
    ['FetchContent_Declare(\n  Catch2\n  GIT_REPOSITORY https://example.org/Catch2.git\n  GIT_TAG v3.4.0)', 'trixie'],
    ['FetchContent_Declare(Catch2 GIT_TAG v2.13.9)\nfind_package(Foo 3.1)', 'bookworm'],
    ['CPMAddPackage("gh:catchorg/Catch2@3.1.0")', 'trixie'],
  ])('%s', (text, suite) => expect(chooseSuites('2023-06-01T00:00:00Z', text)[0]).toBe(suite));
});

describe('readMinimum', () => {
  it.each([
    ['cmake_minimum_required(VERSION 3.5...3.27 FATAL_ERROR)', '3.5'],
    ['CMAKE_MINIMUM_REQUIRED( VERSION 2.8.12 )', '2.8'],
    ['project(x)', undefined],
  ])('%s', (text, expected) => expect(readMinimum(text)).toBe(expected));
});

describe('cmakeTools', () => {
  it.each([
    { suite: 'bookworm', minimum: '3.10', expected: { version: '3.25', packages: ['cmake'] } },
    { suite: 'bullseye', minimum: '3.10', expected: { version: '3.31.6', packages: ['python3-venv'] } },
    { suite: 'bookworm', minimum: '3.28', expected: { version: '3.31.6', packages: ['python3-venv'] } },
    { suite: 'trixie', minimum: '4.0', expected: { version: '4.0.3', packages: ['python3-venv'] } },
    { suite: 'trixie', minimum: undefined, expected: { version: '3.31', packages: ['cmake'] } },
  ] as const)('$suite with a project that asks for $minimum', ({ suite, minimum, expected }) => {
    expect(cmakeTools(suite, minimum)).toMatchObject(expected);
  });
});

describe('librariesOf', () => {
  it.each([
    ['find_package(OpenSSL REQUIRED)\nfind_package ( ZLIB )', ['libssl-dev', 'zlib1g-dev']],
    ['pkg_check_modules(DEPS REQUIRED glib-2.0>=2.50 libcurl)', ['libcurl4-openssl-dev', 'libglib2.0-dev']],
    ['PKG_CHECK_MODULES([CHECK], [check >= 0.9])', ['check']],
    ['AC_CHECK_LIB([m], [sin])\nAC_CHECK_LIB(z, inflate)', ['zlib1g-dev']],
    ["dep = dependency('libpcre2-8', version: '>=10')", ['libpcre2-dev']],
    [
      'find_package(Boost 1.60 REQUIRED COMPONENTS system unit_test_framework)',
      ['libboost-dev', 'libboost-system-dev', 'libboost-test-dev'],
    ],
    ['find_package(Boost 1.60 COMPONENTS headers asio REQUIRED)', ['libboost-dev']],
    ['find_package(Boost 1.60)', ['libboost-dev']],
    ['find_package(re2)', ['libre2-dev']],
    ['# find_package(OpenSSL)\ndnl AC_CHECK_LIB(z, inflate)', []],
    ['find_package(Threads)', []],
  ])('%s', (text, expected) => expect(librariesOf(text)).toEqual(expected));

  it('takes from CI what is known to be a library or a tool', () => {
    expect(knownPackages(['gcc-13', 'libssl-dev', 'ninja-build', 'gettext'])).toEqual(['gettext', 'libssl-dev']);
  });
});

describe('readFetches', () => {
  it.each([
    ['FetchContent_Declare(googletest URL https://x)', ['googletest'], ['googletest', 'libgtest-dev', 'libgmock-dev']],
    ['FetchContent_Declare(\n  Catch2\n  GIT_TAG v3.4.0)', ['Catch2'], ['catch2']],
    ['CPMAddPackage("gh:fmtlib/fmt#10.1.1")', ['fmt'], ['libfmt-dev']],
    ['CPMAddPackage(NAME doctest VERSION 2.4.11)', ['doctest'], ['doctest-dev']],
    ['ExternalProject_Add(unheard_of URL x)', ['unheard_of'], []],
  ])('%s', (text, names, packages) => expect(readFetches(text)).toMatchObject({ names, packages }));
});

describe('fillSubmodules', () => {
  it('fills GoogleTest, and nothing whose path could be a command', () => {
    expect(fillSubmodules('[submodule "t"]\n\tpath = extern/googletest\n')).toContain('"/testbed/extern/googletest/"');
    expect(fillSubmodules('\tpath = $(reboot)/googletest\n\tpath = ../gtest\n\tpath = docs/theme\n')).toBeUndefined();
  });
});

describe('stack', () => {
  it('takes CMake of the time first', async () => {
    const proposal = await stack.propose(toProject(CMAKE));

    expect(variants(proposal)).toEqual(['cmake-bookworm', 'cmake-trixie']);
    if (proposal.kind !== 'recipes') return;
    expect(proposal.recipes[0].packages).toContain('libgtest-dev');
    expect(proposal.recipes[0].build[0]?.run).toContain('-DX_BUILD_TESTS=ON');
    expect(proposal.recipes[0].test.files).toContain('["tests/a_test.cpp"]');
  });

  it('asks for no libraries of copies of others, which a folder with a version is', async () => {
    const copy = { 'test/googletest-1.13.0/CMakeLists.txt': 'find_package(ZLIB)\n' };

    const proposal = await stack.propose(toProject({ ...CMAKE, ...copy }));

    expect(proposal.kind === 'recipes' && proposal.recipes[0].packages).not.toContain('zlib1g-dev');
  });

  it('leaves tests of parts out where they do not work', async () => {
    const files = {
      ...CMAKE,
      'CMakeLists.txt': `${CMAKE['CMakeLists.txt']}option(ENABLE_ASYNC_TESTS "Loops" OFF)\noption(X_DOCS "Docs" ON)\n`,
    };

    const proposal = await stack.propose(toProject(files));

    expect(variants(proposal)).toEqual(['cmake-bookworm', 'cmake-main-bookworm', 'cmake-trixie']);
    if (proposal.kind !== 'recipes') return;
    expect(proposal.recipes[0].build[0]?.run).toContain('-DENABLE_ASYNC_TESTS=ON');
    expect(proposal.recipes[1]?.build[0]?.run).not.toContain('ASYNC');
  });

  it('takes no release of the project itself for what its examples ask for', async () => {
    const files = { ...CMAKE, 'examples/CMakeLists.txt': 'find_package(doctest)\nfind_package(ZLIB)\n' };

    const proposal = await stack.propose(toProject(files, { repository: 'Doctest/doctest' }));

    const packages = proposal.kind === 'recipes' ? proposal.recipes[0].packages : [];
    expect(packages).toContain('zlib1g-dev');
    expect(packages).not.toContain('doctest-dev');
  });

  it('offers what downloads are replaced by first, then the downloads', async () => {
    const files = {
      ...CMAKE,
      'tests/CMakeLists.txt': 'FetchContent_Declare(Catch2 GIT_TAG v3)\ncatch_discover_tests(x)\n',
    };

    expect(variants(await stack.propose(toProject(files)))).toEqual([
      'cmake-bookworm',
      'cmake-trixie',
      'cmake-fetch-bookworm',
    ]);
  });

  it('looks on with a sanitizer where a new test is about errors of memory', async () => {
    const project = toProject(
      { ...CMAKE, Makefile: 'test:\n\t./t\n' },
      { readTest: async () => '/* heap-buffer-overflow in a */ TEST(A, b) {}' },
    );

    expect(variants(await stack.propose(project))).toEqual([
      ...['cmake-asan-bookworm', 'cmake-bookworm', 'make-bookworm'],
      ...['cmake-trixie', 'make-trixie'],
    ]);
  });

  it('finds a project in a sub-folder, and every builder that it has', async () => {
    const proposal = await stack.propose(
      toProject(
        {
          'lib/CMakeLists.txt': 'enable_testing()\nadd_test(NAME r COMMAND r)\n',
          'lib/configure.ac': 'AC_INIT',
          'lib/Makefile.am': 'SUBDIRS = tests',
          'lib/tests/Makefile.am': 'TESTS = r\ncheck_PROGRAMS = r',
          'lib/tests/r.c': '',
        },
        { tests: ['lib/tests/r.c'], sources: ['lib/src/a.c'], committedAt: '2020-01-01T00:00:00Z' },
      ),
    );

    expect(variants(proposal)).toEqual([
      'cmake-bullseye lib',
      'autotools-bullseye lib',
      'cmake-bookworm lib',
      'autotools-bookworm lib',
    ]);
    expect(proposal.kind === 'recipes' && proposal.recipes[1]?.test.files).toContain('-C tests check');
  });

  it('links what tests of CMake open from a build folder in the tree', async () => {
    const text = '#include "../src/a.h"\nload("../test/data/a.json"); load("../none/a"); load("../test");\n';
    const files = { ...CMAKE, 'src/a.h': '', 'test/data/a.json': '', 'tests/b_test.cpp': text };
    const proposal = await stack.propose(toProject(files));
    const build = proposal.kind === 'recipes' ? proposal.recipes[0].build : [];

    expect(build.find(({ name }) => name === 'beside')?.run).toBe('ln -sn "$PWD"/test /opt/test');
    const other = await stack.propose(toProject(CMAKE));
    expect(other.kind === 'recipes' && other.recipes[0].build.map(({ name }) => name)).not.toContain('beside');
  });

  it('runs a target for tests of a plain Makefile', async () => {
    const make = (text: string) => stack.propose(toProject({ Makefile: text, 'tests/a_test.cpp': '' }));

    expect(variants(await make('all: x\n\ntest: all\n\t./t\n'))).toEqual(['make-bookworm', 'make-trixie']);
    expect(variants(await make('.PHONY: all\nTEST = 1\ntest := 2\n'))).toMatchObject({ kind: 'unsupported' });
  });

  it.each([
    ['run_tests: $(PROGS)\n\tperl do_tests\n', 'run_tests'],
    ['all: a\na run-test: b\n', 'run-test'],
    ['unit_tests::\n\t./t\n', 'unit_tests'],
    ['test-all: x\ncheck:\n\t./t\n', 'check'],
    ['test-all: x\n', 'test-all'],
  ])('knows a target for tests however its words are joined: %j', async (text, target) => {
    const proposal = await stack.propose(toProject({ Makefile: text, 'tests/a_test.cpp': '' }));

    expect(proposal.kind === 'recipes' && proposal.recipes[0].evidence).toContain(`Makefile: target ${target}`);
  });

  it.each(['test1: test1.c\n', 'run_tests_mingw:\n', 'test.o: test.c\n', '\trun_tests: x\n', 'tests ::= x\n'])(
    'takes no other target for one: %j',
    async (text) => {
      const proposal = await stack.propose(toProject({ Makefile: text, 'tests/a_test.cpp': '' }));

      expect(variants(proposal)).toMatchObject({ kind: 'unsupported' });
    },
  );

  it('has assertions in what CMake compiles, and no more for a debugger than the project asks for', async () => {
    const proposal = await stack.propose(toProject(CMAKE));

    expect(proposal.kind === 'recipes' && proposal.recipes[0].build[0]?.run).toContain(
      ' -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG= -DCMAKE_CXX_FLAGS_DEBUG= ',
    );
  });

  it('configures meson with its tests on', async () => {
    const proposal = await stack.propose(
      toProject({
        'meson.build': "project('x', 'cpp')\ntest('a', exe)\n",
        'meson_options.txt':
          "option('tests', type: 'feature', value: 'disabled')\noption('build_tests', type : 'boolean')\n",
        'tests/a_test.cpp': '',
      }),
    );

    expect(proposal.kind === 'recipes' && proposal.recipes[0].build[0]?.run).toMatch(
      /-Dtests=enabled -Dbuild_tests=true$/,
    );
  });

  it('says what is missing', async () => {
    expect(await stack.propose(toProject({ 'src/a.cpp': '' }))).toMatchObject({ kind: 'unsupported' });
    expect(await stack.propose(toProject({ 'CMakeLists.txt': 'project(x)', 'src/a.cpp': '' }))).toMatchObject({
      kind: 'unsupported',
    });
    expect(await stack.propose(toProject({ 'a.py': '' }))).toEqual({ kind: 'not-ours' });
  });

  it.each([
    ['CMakeLists.txt', true],
    ['cmake/Tools.cmake', true],
    ['CTestCustom.cmake', true],
    ['tests/Makefile.am', true],
    ['Makefile', true],
    ['Makefile.in', true],
    ['configure.ac', true],
    ['meson.build', true],
    ['src/.libs/a', true],
    ['libx.so.1.2', true],
    ['tests/a.o', true],
    ['src/a.c', false],
    ['src/compile.c', false],
    ['include/missing.h', false],
    ['src/assert.h', true],
    ['include/cstring', true],
    ['src/asserts.h', false],
    ['src/string.cpp', false],
    ['src/vector', true],
    ['src/vector.h', false],
    ['third_party/catch2/catch.hpp', true],
    ['extern/googletest-1.10/src/gtest.cc', true],
    ['deps/doctest.h', true],
    ['lib/Unity/src/unity.c', true],
    ['src/catch2/catch_test_macros.hpp', false],
    ['googletest/src/gtest.cc', false],
    ['third_party/zlib/zlib.c', false],
    ['lib/check_sum.c', false],
    ['run-tests.sh', true],
    ['tools/check_all.pl', true],
    ['scripts/runtest', true],
    ['src/latest.c', false],
    ['src/checksum.sh', false],
    ['scripts/version.sh', false],
  ])('protects %s: %s', (path, expected) => expect(stack.isProtected(path)).toBe(expected));
});

describe('propose', () => {
  it('tries the suite first whose Catch2 the tests are written for', async () => {
    const tests = { 'tests/CMakeLists.txt': 'find_package(Catch2 3)\nadd_test(NAME a COMMAND a_test)\n' };
    const proposal = await stack.propose(toProject({ ...CMAKE, ...tests }));

    expect(variants(proposal)).toEqual(['cmake-trixie', 'cmake-bookworm']);
  });
});

describe('canary', () => {
  async function canaryOf(files: Readonly<Record<string, string>>, rest: Partial<Project> = {}) {
    const project = toProject(files, rest);
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');
    return stack.canary?.('abc', { project, recipe: proposal.recipes[0] });
  }

  it('grows a changed test of a framework that finds its tests itself', async () => {
    const canary = await canaryOf(CMAKE);

    expect(canary?.args).toEqual([]);
    expect(canary?.files['tests/a_test.cpp']).toMatch(/TEST\(A, b\).*\n\nTEST\(Aabc, .*\nTEST\(Zabc, /s);
  });

  it('knows the framework by a header of the project as well', async () => {
    const files = {
      'tests/a_test.cpp': '#include "all.h"\nTEST(A, b) {}\n',
      'tests/all.h': '#include <gtest/gtest.h>\n',
    };

    const canary = await canaryOf({ ...CMAKE, ...files });

    expect(canary?.files['tests/a_test.cpp']).toMatch(/\nTEST\(Zabc, /);
  });

  it('gives ctest two scripts where there is no such framework', async () => {
    const canary = await canaryOf({ ...CMAKE, 'tests/a_test.cpp': 'int main() {}\n' });

    expect(canary?.args).toEqual(['Aabc.sh', 'Zabc.sh']);
  });

  it('leaves the tests of a framework itself as they are: what they print is compared', async () => {
    const canary = await canaryOf(CMAKE, { repository: 'google/googletest' });

    expect(canary?.args).toEqual(['Aabc.sh', 'Zabc.sh']);
  });

  it('has none for make', async () => {
    expect(await canaryOf({ Makefile: 'test:\n\t./t\n', 'tests/a_test.cpp': 'int main() {}' })).toBeUndefined();
  });
});

describe('attacks', () => {
  it('bends files that are taken back, and forges in a source file', async () => {
    const project = toProject(CMAKE);
    const proposal = await stack.propose(project);
    if (proposal.kind !== 'recipes') throw new Error('no recipe');

    const attacks = await stack.attacks({ project, recipe: proposal.recipes[0], failToPass: ['t :: A.b<"x">'] });

    const others = Object.keys(attacks['runner-hook']).filter((path) => !stack.isProtected(path));
    expect(others).toEqual(['src/a.cpp']);
    expect(attacks['forged-report']['src/a.cpp']).toMatch(
      /^int a\(\) .*classname=\\"A\\" name=\\"b&lt;&quot;x&quot;>\\"/s,
    );
  });
});
