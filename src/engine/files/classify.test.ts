import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileClass } from '../../domain/candidate.ts';
import { classifyPath, readTreeFacts } from './classify.ts';

const facts = readTreeFacts([
  'pkg/core/tests/test_a.py',
  'framework/test/client.py',
  'server/test/web_test.py',
  'testing/test_x.py',
  'spec/a.spec.js',
  'examples/all/test_output/a.cpp.txt',
  'lib/mock-agent.js',
  'lib/utils.js',
  'src/support_flags.c',
]);

function check(path: string, expected: FileClass): void {
  expect(classifyPath(path, facts)).toBe(expected);
}

const rows: Readonly<Record<FileClass, readonly string[]>> = {
  source: [
    'latest.go',
    'src/contest/a.py',
    'attestation.py',
    'framework/test/client.py',
    'pkg/testing/utils.py',
    'lib/testing/x.ts',
    'lib/foo.js',
    'src/lib.rs',
    'CMakeLists.txt',
    'requirements.txt',
    'requirements-dev.txt',
    'src/main/java/com/example/Demo.java',
    'src/main/java/TestTool.java',
    'src/main/java/Latest.java',
    'include/gtest/gtest.h',
    'lib/spec/openapi.go',
    'ext/standard/string.c',
    'src/news/feed.py',
    'pyproject.toml',
    'src/Log/Test/TestCase.php',
    'framework/private/test_case.cpp',
  ],
  test: [
    'examples/all/a.cpp',
    'server/test/web_test.py',
    'pkg/core/tests/test_a.py',
    'app/tests.py',
    'src/test/java/a/FooTest.java',
    'src/test/java/a/TestFoo.java',
    'src/test/java/a/FooIT.java',
    'module/src/integrationTest/java/FooTests.java',
    'pkg/foo_test.go',
    'test/foo.js',
    'test/mock-agent.js',
    'tests/support_flags.c',
    'src/__tests__/foo.ts',
    'src/a.test.tsx',
    'src/a.spec.mjs',
    'src/types.test-d.ts',
    'cypress/login.cy.ts',
    'tests/foo.rs',
    'src/foo/tests.rs',
    'tests/FooTest.php',
    'ext/standard/tests/x.phpt',
    'test/parser.c',
    'src/parser_test.cc',
    'unittests/AST/foo.cpp',
  ],
  'test-support': [
    'pytest.ini',
    'test-shrinker/src/main/java/com/example/Main.java',
    'tests/TestCase.php',
    'fuzzing/inputs/a1',
    'tox.ini',
    'conftest.py',
    'jest.config.js',
    'phpunit.xml.dist',
    'vitest.config.ts',
    'src/test/resources/x.json',
    'src/test/java/a/Base.java',
    'pkg/testdata/a.txt',
    'tests/CMakeLists.txt',
    'tests/__snapshots__/a.snap',
    'tests/helpers.js',
    'tests/utils.js',
    'tests/mock-server.js',
    'tests/fixtures/in.js',
    'tests/README.md',
    'test/data.svg',
    'server/test/util.py',
    'testing/foo.py',
    'tests/catch.h',
    'src/__mocks__/fs.js',
    'crates/x/src/snapshots/a.snap',
    'examples/all/test_output/a.txt',
  ],
  docs: [
    'README.md',
    'docs/a.html',
    'CHANGELOG',
    'changes/12.bugfix.rst',
    'examples/foo.go',
    '.github/workflows/ci.yml',
    'LICENSE',
    '.clang-tidy',
    'benchmarks/run.py',
  ],
  generated: [
    'package-lock.json',
    'Cargo.lock',
    'go.sum',
    'api/x.pb.go',
    'x_pb2.py',
    'dist/a.js',
    'lib/a.min.js',
    'single_include/j.hpp',
    'configure',
  ],
  vendored: [
    'vendor/lib/a.php',
    'third_party/zlib/a.c',
    'deps/jemalloc/src/a.c',
    'node_modules/x/index.js',
    'vendor/a/b_test.go',
  ],
};

describe('classifyPath', () => {
  for (const [fileClass, paths] of Object.entries(rows)) {
    it.each(paths.map((path) => [path]))(`takes %s for ${fileClass}`, (path) => check(path, fileClass as FileClass));
  }

  it('never takes a part of a word for a folder of tests', () => {
    const word = fc.constantFrom(
      'latest',
      'contest',
      'attest',
      'protest',
      'testimony',
      'fastest',
      'inspect',
      'special',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, (folders, name) => {
        check(`${folders.join('/')}/${name}.go`, 'source');
        check(`${folders.join('/')}/${name}.py`, 'source');
      }),
    );
  });

  it('gives every path a class', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (segments) => {
        expect(rows).toHaveProperty([classifyPath(segments.join('/'), facts)]);
      }),
    );
  });
});
