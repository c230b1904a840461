import type { Language } from '../../domain/language.ts';

/** Folders that hold tests wherever they stand. Compared in lower case with whole segments: "latest" and "contest" are none. */
export const testFolders = new Set(
  'tests __tests__ e2e e2e-tests e2e_tests specs __specs__ unittest unittests unit-tests unit_tests integration-tests integration_tests integrationtest integration-test functional-tests functional_tests acceptance-tests test-suite testsuite testsuites regression-tests regress cypress jstests pytests browser-tests system-tests system_tests test-e2e type-tests dtslint'.split(
    ' ',
  ),
);

/** Folders that hold tests in many repositories and the product in some (a test client, a testing library): the tree decides. */
export const doubtfulTestFolders = new Set(['test', 'testing', 'spec']);

/** Folders with what tests read, wherever they stand. */
export const supportFolders = new Set(
  'testdata test-data test_data test-resources test_resources testresources fixtures __fixtures__ fixture __mocks__ __snapshots__ testutil testutils test-utils test_utils testhelpers test-helpers test_helpers testlib goldens golden testcases test-cases test_output test-output test_outputs test_files test-files testfiles test_assets testassets test_inputs fuzz fuzzing fuzzers'.split(
    ' ',
  ),
);

/** Folders with what tests compare their output to; examples that stand beside one are what the tests run. */
export const outputFolders: readonly string[] =
  'test_output test-output test_outputs expected expected_output expected-output goldens golden __snapshots__'.split(
    ' ',
  );

export const exampleFolders = new Set('examples example samples sample demos demo'.split(' '));

/** Files that are tests by their names: names of code files, matched as they stand. */
export const testNames: Readonly<Record<Language, RegExp>> = {
  python: /^(?:test_.*|.*_tests?|tests?)\.py$/,
  java: /^(?:Test[A-Z0-9].*|.*(?:Tests?|TestCase|[a-z0-9]IT|ITCase|TestSuite))\.java$/,
  javascript:
    /(?:^|[._-])(?:tests?|specs?|e2e|cy|e2e-spec)\.(?:[mc]?jsx?|vue|svelte)$|^test[-_].*\.[mc]?jsx?$|.[a-z0-9](?:Test|Spec)\.[mc]?jsx?$/,
  typescript:
    /(?:^|[._-])(?:tests?|specs?|e2e|cy|e2e-spec|test-d)\.[mc]?tsx?$|^test[-_].*\.[mc]?tsx?$|.[a-z0-9](?:Test|Spec)\.[mc]?tsx?$/,
  go: /_test\.go$/,
  php: /(?:^|[a-z0-9_])(?:Test|Cest|Spec)\.php$|^test[-_.].*\.php$|\.phpt$/,
  c: /^(?:tests?[-_.].*|.*[-_](?:unit)?tests?|tests?|unittests?)\.c$|^(?:t|ut)_.*\.c$/,
  cpp: /^(?:tests?[-_.].*|.*[-_.](?:unit)?tests?|tests?|unittests?|.*[a-z0-9]Tests?|Test[A-Z].*)\.(?:cc|cpp|cxx|c\+\+)$/,
  rust: /^(?:tests?|.*_tests?|test_.*)\.rs$/,
};

/** What tests are made of, in libraries for testing as well: the name alone says nothing. */
export const frameworkNames = /^(?:abstract|base)?[-_]?tests?[-_]?(?:case|suite|runner|base|result)s?\.\w+$/i;

/** Code in a test folder that helps the tests instead of being one. */
export const helperNames =
  /^(?:conftest\.py|__init__\.py|.*(?:helper|util|fixture|mock|stub|fake|setup|teardown|support|common|factory|factories|bootstrap)s?[^/]*)$/i;

/** Of these, without extension, those that say nothing else. */
export const plainHelperNames =
  /^[-_.]*(?:tests?[-_.]?)?(?:helper|util|fixture|mock|stub|fake|setup|teardown|support|common|factory|factories|bootstrap|index)s?$/i;

/** What tells test runners how to run, wherever it stands. */
export const testConfiguration =
  /^(?:conftest\.py|pytest\.ini|\.?pytest\.toml|tox\.ini|noxfile\.py|jest[.-].*\.(?:[mc]?[jt]s|json)|jest\.config|vitest\..*|vitest-setup.*|karma[.-].*|\.mocharc.*|mocha\.opts|\.nycrc.*|cypress\.(?:config.*|json)|playwright.*\.config\..*|wdio.*\.conf\..*|protractor.*\.conf.*|nightwatch\.conf.*|ava\.config\..*|phpunit.*\.xml(?:\.dist)?|codeception.*\.ya?ml|behat.*\.ya?ml|phpspec.*\.ya?ml|testng.*\.xml|junit-platform\.properties|ctest.*\.cmake|setup-?tests?\.[jt]sx?|test-?setup\.[jt]sx?)$/i;

export const snapshots = /\.(?:snap|snap\.new|ambr|golden|approved\.\w+|received\.\w+)$/i;

export const vendoredFolders = new Set(
  'vendor vendored _vendor node_modules bower_components jspm_packages third_party third-party thirdparty 3rdparty 3rd_party godeps'.split(
    ' ',
  ),
);

/** Of C and C++ only: elsewhere these are names of packages. */
export const vendoredFoldersOfC = new Set(['external', 'externals', 'extern', 'deps', 'submodules']);

export const generatedFolders = new Set([
  'dist',
  'single_include',
  'single-include',
  'amalgamation',
  'amalgamated',
  'generated',
  '__generated__',
]);

export const generatedNames =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|cargo\.lock|go\.sum|go\.work\.sum|poetry\.lock|pdm\.lock|uv\.lock|pipfile\.lock|gemfile\.lock|gradle\.lockfile|flake\.lock)$|\.(?:min\.(?:js|css|mjs)|js\.map|css\.map|pb\.go|pb\.(?:cc|h)|pb\.gw\.go|g\.dart|designer\.cs)$|_pb2(?:_grpc)?\.pyi?$|^zz_generated|[._-]gen(?:erated)?\.[a-z]+$|_string\.go$|^(?:configure|aclocal\.m4|makefile\.in)$|\.tab\.[ch]$|^lex\.yy\.c$|[-_]amalgamation\.[ch]$/i;

/** What people read or try, and what only the project's own automation reads. */
export const docFolders = new Set(
  'doc docs documentation website site examples example samples sample demo demos tutorials tutorial changelog changelogs changes newsfragments news .changeset .changes .github .gitlab .circleci .azure-pipelines .vscode .idea benchmarks benchmark bench benches perf changelog.d changes.d releasenotes release-notes'.split(
    ' ',
  ),
);

/** Below these a folder named "example" or "news" is a part of the product. */
export const codeFolders = new Set('src lib app pkg internal include java'.split(' '));

export const docNames =
  /\.(?:md|mdx|markdown|rst|adoc|asciidoc|txt|tex|pod|rdoc|textile|po|pot)$|^(?:readme|changelog|changes|history|news|authors|contributors|copying|licen[cs]e|notice|todo|maintainers|thanks|credits|upgrading|upgrade|codeowners|\.gitignore|\.gitattributes|\.editorconfig|\.mailmap|\.travis\.yml|appveyor\.yml|\.pre-commit-config\.yaml|\.all-contributorsrc|\.codecov\.yml|codecov\.yml|azure-pipelines\.yml|jenkinsfile|\.prettierrc.*|\.eslintrc.*|\.cirrus\.yml|\.clang-(?:tidy|format)|\.golangci\.ya?ml|\.pylintrc|\.flake8|\.php[-_]cs.*|phpstan.*|psalm.*\.xml|\.(?:docker|npm|prettier|eslint)ignore|\.stylelintrc.*|\.markdownlint.*|\.coveragerc|mypy\.ini|\.readthedocs\.ya?ml|\.yamllint.*|\.?(?:rustfmt|clippy)\.toml|biome\.json)$/i;

/** What says how a project is put together: changed in a test folder, it sets tests up. */
export const projectFiles =
  /^(?:package\.json|tsconfig.*\.json|pyproject\.toml|setup\.(?:py|cfg)|.*requirements.*\.txt|cargo\.toml|go\.(?:mod|work)|pom\.xml|.*\.gradle(?:\.kts)?|gradle\.properties|composer\.json|dockerfile.*|.*\.(?:sh|bat|cmd|ps1)|\..*)$/i;

/** Files that list the sources of a build: a test must be registered there, in lines of its own. */
export const buildLists =
  /^(?:CMakeLists\.txt|meson\.build|Makefile(?:\.\w+)?|GNUmakefile|BUILD(?:\.bazel)?|SConscript|SConstruct|configure\.ac|.*\.(?:cmake|mk|mak|gn|gni|gyp|gypi|vcxproj|vcxproj\.filters|pro|am|bp|qbs|bzl))$/i;
