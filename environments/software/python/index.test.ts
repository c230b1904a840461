import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { Recipe as RecipeSchema } from '../../../src/domain/recipe.ts';
import { createMemoryProject, type MemoryProject } from '../../../test/fakes/memory-project.ts';
import { stack } from './index.ts';

async function recipesOf(project: MemoryProject): Promise<readonly Recipe[]> {
  const proposal = await stack.propose(
    createMemoryProject({ tests: ['tests/test_a.py'], after: { 'tests/test_a.py': '' }, ...project }),
  );
  if (proposal.kind !== 'recipes') throw new Error(JSON.stringify(proposal));
  for (const recipe of proposal.recipes) RecipeSchema.parse(recipe);
  return proposal.recipes;
}

async function installOf(project: MemoryProject): Promise<string> {
  const [recipe] = await recipesOf(project);
  return recipe?.dependencies.find(({ name }) => name === 'install')?.run ?? '';
}

/** Requirements that are handed to the installer, beside the manifest. */
function listed(install: string): readonly string[] {
  return install.split("<<'END'\n")[1]?.split('\nEND')[0]?.split('\n') ?? [];
}

const rows: readonly {
  readonly says: string;
  readonly files: Readonly<Record<string, string>>;
  readonly has: readonly string[];
  readonly lists?: readonly string[];
}[] = [
  {
    says: 'extras of tests, and leaves those of documents',
    files: {
      'pyproject.toml':
        '[project]\nname = "a"\n[project.optional-dependencies]\ntests = ["pytest"]\ndocs = ["sphinx"]\ndev = ["tox"]\n',
    },
    has: ['-r pyproject.toml', '--extra=tests'],
  },
  {
    says: 'extras of developers where there are none of tests',
    files: { 'pyproject.toml': '[project]\nname = "a"\n[project.optional-dependencies]\ndev = ["pytest"]\n' },
    has: ['--extra=dev'],
  },
  {
    says: 'dependency groups with the groups that they include',
    files: {
      'pyproject.toml':
        '[project]\nname = "a"\n[dependency-groups]\nbase = ["attrs>=23"]\ntest = [{include-group = "base"}, "time-machine"]\n',
    },
    has: ['-r pyproject.toml'],
    lists: ['attrs>=23', 'time-machine'],
  },
  {
    says: "Poetry's groups in the installer's words",
    files: {
      'pyproject.toml':
        '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.8"\n[tool.poetry.group.test.dependencies]\nfreezegun = "^1.2"\nmock = {version = "~4.0", extras = ["x"]}\n[build-system]\nrequires = ["poetry-core>=1.0.8"]\nbuild-backend = "poetry.core.masonry.api"\n',
    },
    has: ['-r pyproject.toml'],
    lists: ['freezegun>=1.2,<2', 'mock[x]>=4.0,<4.1', 'poetry-core>=1.0.8'],
  },
  {
    says: 'extras and requirements that setup.py names, without running it',
    files: {
      'setup.py':
        'from setuptools import setup\nsetup(name="a", tests_require=["mock>=2"], setup_requires=["pytest-runner"],\n  extras_require={"test": ["x"], "doc": ["y"]})\n',
    },
    has: ['-r setup.py', '--extra=test'],
    lists: ['mock>=2', 'pytest-runner', 'setuptools', 'wheel'],
  },
  {
    says: 'extras of setup.cfg',
    files: {
      'setup.cfg': '[metadata]\nname = a\n[options.extras_require]\ntesting =\n  pytest\n  flaky\n',
      'setup.py': '',
    },
    has: ['--extra=testing'],
  },
  {
    says: 'setup.py where pyproject.toml only says how to build',
    files: {
      'pyproject.toml': '[build-system]\nrequires = ["setuptools>=40", "cython"]\n',
      'setup.py': 'setup(name="a")',
    },
    has: ['-r setup.py'],
    lists: ['cython', 'setuptools>=40'],
  },
  {
    says: 'requirement files by their names, with those that they include',
    files: {
      'setup.py': 'setup(name="a")',
      'requirements-dev.txt': '-r requirements/base.txt\n-e .[extra]\npytest-mock==3.1 \\\n  --hash=sha256:abc\n',
      'requirements/base.txt': 'six>=1.10 # old\nhttps://example.org/x.zip\n',
    },
    has: ['--extra=extra'],
    lists: ['pytest-mock==3.1', 'six>=1.10'],
  },
  {
    says: 'what tox installs, with its references, and no rival versions',
    files: {
      'setup.py': 'setup(name="a")',
      'tox.ini':
        '[tox]\nenvlist = py39, lint\n[base]\ndeps = pretend\n[testenv]\nextras = {env:EXTRAS:tests}\ndeps =\n  {[base]deps}\n  codecov\n  dj2: Django<3\n  dj3: Django<4\n  foo_bar<2\n  foo-bar<3\n[testenv:lint]\ndeps = flake8\n',
    },
    has: ['--extra=tests'],
    lists: ['pretend'],
  },
  {
    says: 'the requirements of who works on the project',
    files: {
      'pyproject.toml': '[project]\nname = "a"\n[project.optional-dependencies]\nfast = ["b"]\n',
      'requirements.txt': '-e .[fast]\ntrio==0.22.2\n',
    },
    has: ['--extra=fast'],
    lists: ['trio==0.22.2'],
  },
  {
    says: 'no requirements of who runs the project, where a manifest says what it needs',
    files: { 'pyproject.toml': '[project]\nname = "a"\n', 'requirements.txt': 'flake8\n' },
    has: [],
  },
  {
    says: "what nox's test sessions install",
    files: {
      'setup.py': 'setup(name="a")',
      'noxfile.py':
        'import nox\n@nox.session\ndef tests(session):\n    session.install("-r", "req/t.txt", "coverage")\n    session.install(".[s]")\n@nox.session\ndef lint(session):\n    session.install("flake8")\n',
      'req/t.txt': 'pretend\n',
    },
    has: ['--extra=s'],
    lists: ['coverage', 'pretend'],
  },
  {
    says: 'versions of a lock file as constraints',
    files: {
      'pyproject.toml': '[project]\nname = "a"\n',
      'uv.lock':
        '[[package]]\nname = "attrs"\nversion = "23.1.0"\nsource = { registry = "https://pypi.org/simple" }\n[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "." }\n',
    },
    has: ['attrs==23.1.0', '-c /tmp/'],
  },
  {
    says: "plugins that pytest's options and the tests ask for",
    files: {
      'setup.py': 'setup(name="a")',
      'pytest.ini': '[pytest]\naddopts = --cov=a -n 2\nasyncio_mode = auto\n',
      'tests/test_b.py': 'import mock\ndef test_x(mocker, tmp_path):\n    pass\n',
    },
    has: [],
    lists: ['mock', 'pytest-asyncio', 'pytest-cov', 'pytest-mock', 'pytest-xdist'],
  },
];

describe('the stack python', () => {
  it.each(rows)('installs $says', async ({ files, has, lists = [] }) => {
    const install = await installOf({ files });

    for (const words of has) expect(install).toContain(words);
    expect(listed(install)).toEqual(expect.arrayContaining([...lists]));
    for (const name of ['flake8', 'codecov', 'foo-bar<3']) expect(listed(install)).not.toContain(name);
  });

  it('installs as of the commit, and never the project', async () => {
    const [recipe] = await recipesOf({ files: { 'setup.py': 'setup(name="a")' }, committedAt: '2022-05-04T03:02:01Z' });

    expect(recipe?.dependencies.map(({ run }) => run).join('\n')).toContain('--exclude-newer 2022-05-04T03:02:01Z');
    expect(recipe?.dependencies.map(({ run }) => run).join('\n')).not.toMatch(/editable|install[^\n]* \.(?:\s|$)/);
    expect(recipe?.build[0]?.run).toMatch(/--no-index --no-deps --no-build-isolation --editable \.$/);
  });

  it('gives tools that an old commit cannot have to the Python that needs them', async () => {
    const install = await installOf({ files: { 'setup.py': 'setup(name="a")' }, committedAt: '2018-05-04T00:00:00Z' });

    expect(install).toContain('--exclude-newer 2018-05-04T00:00:00Z');
    expect(install).toContain('--exclude-newer-package setuptools=2021-03-01');
  });

  it.each([
    ['2021-05-01', '', ['python3.9', 'python3.11', 'python3.13']],
    ['2023-06-01', '["Programming Language :: Python :: 3.11"]', ['python3.11', 'python3.9', 'python3.13']],
    ['2023-06-01', '["Programming Language :: Python :: 3.9"]', ['python3.9', 'python3.11', 'python3.13']],
    ['2025-06-01', '', ['python3.13', 'python3.11', 'python3.9']],
  ])('tries, at %s with %s, %j', async (date, classifiers, variants) => {
    const text = `[project]\nname = "a"\n${classifiers === '' ? '' : `classifiers = ${classifiers}\n`}`;
    const recipes = await recipesOf({ files: { 'pyproject.toml': text }, committedAt: `${date}T00:00:00Z` });

    expect(recipes.slice(0, 3).map(({ variant }) => variant)).toEqual(variants);
  });

  it('leaves out what requires-python forbids, and falls back on what uv downloads', async () => {
    const recipes = await recipesOf({
      files: { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.12,<3.13"\n' },
    });

    expect(recipes.map(({ variant }) => variant)).toEqual(['python3.12']);
    expect(recipes[0]?.toolchain.map(({ run }) => run).join('\n')).toContain('python install 3.12');
  });

  it.each([
    [
      '[build-system]\nrequires = ["setuptools-scm"]\n[project]\nname = "my.pkg"\n',
      '2024-01-01',
      'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_PKG',
    ],
    [
      '[build-system]\nrequires = ["setuptools-scm"]\n[project]\nname = "my.pkg"\n',
      '2020-01-01',
      'SETUPTOOLS_SCM_PRETEND_VERSION',
    ],
    [
      '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n[project]\nname = "p"\n',
      '2024-01-01',
      'SETUPTOOLS_SCM_PRETEND_VERSION',
    ],
  ])('says the version that tags would say: %s', async (text, date, variable) => {
    const [recipe] = await recipesOf({
      files: { 'pyproject.toml': text },
      committedAt: `${date}T00:00:00Z`,
      version: '4.2.1',
    });

    expect(recipe?.env[variable]).toBe('4.2.1');
  });

  it('links a project by its path where its backend of that time could not', async () => {
    const text =
      '[tool.poetry]\nname = "a"\nversion = "1"\n[build-system]\nrequires = ["poetry>=0.12"]\nbuild-backend = "poetry.masonry.api"\n';
    const [recipe] = await recipesOf({
      files: { 'pyproject.toml': text, 'src/a/__init__.py': '' },
      committedAt: '2020-01-01T00:00:00Z',
    });

    expect(recipe?.build.map(({ name }) => name)).toEqual(['paths']);
    expect(recipe?.build[0]?.run).toContain('for root in src .;');
    expect(recipe?.build[0]?.run).toContain('a-0.0.0.dist-info');
  });

  it('builds extension modules anew in each run', async () => {
    const [recipe] = await recipesOf({
      files: { 'setup.py': 'setup(name="a", ext_modules=[Extension("a", ["a.c"])])' },
    });

    expect(recipe?.test.files).toMatch(/\n\S+pip --python \S+ .*--editable \. >&2\npytest /);
  });

  it('works in the folder of the changed project', async () => {
    const [recipe] = await recipesOf({
      files: { 'libs/b/pyproject.toml': '[project]\nname = "b"\n', 'pyproject.toml': '[project]\nname = "a"\n' },
      sources: ['libs/b/b/x.py'],
      tests: ['libs/b/tests/test_a.py'],
    });

    expect(recipe?.folder).toBe('libs/b');
    expect(recipe?.test.files).toContain(' tests/test_a.py "$@"');
    expect(recipe?.manifests).toEqual(['libs/b/pyproject.toml']);
  });

  it('runs what is beside a changed snapshot', async () => {
    const [recipe] = await recipesOf({
      files: { 'setup.py': 'setup(name="a")', 'tests/test_render.py': '', 'tests/test_other.py': '' },
      tests: [],
      support: ['tests/data/render.svg'],
    });

    expect(recipe?.test.files).toContain(' tests/test_render.py "$@"');
  });

  it('overrides options that end a run early or mix its order', async () => {
    const [recipe] = await recipesOf({
      files: {
        'setup.py': 'setup(name="a")',
        'setup.cfg': '[tool:pytest]\naddopts = -x --cov=a -n auto\ntestpaths = t\n',
        't/test_c.py': '',
      },
    });

    expect(recipe?.test.all).toMatch(/--maxfail=0 .*--no-cov .*-n 0 t "\$@"$|--maxfail=0 .*--no-cov -n 0 t "\$@"$/);
  });

  it.each<[string, string, string | undefined]>([
    ['test_a.py', '', undefined],
    ['tests.py', '', 'python_files=test_*.py *_test.py test*.py'],
    ['testwidgets.py', '', 'python_files=test_*.py *_test.py test*.py'],
    ['check_widgets.py', '', 'python_files=test_*.py *_test.py check_widgets.py'],
    ['check_widgets.py', 'python_files = check_*.py', undefined],
    ['tests.py', 'python_files = check_*.py', 'python_files=check_*.py test*.py'],
    ['tests/test_a.py', 'python_files = tests/test_*.py', undefined],
  ])(
    'finds in their folder changed tests that are called %s where pytest has "%s"',
    async (name, options, expected) => {
      const path = `widgets/${name}`;
      const [recipe] = await recipesOf({
        files: { 'setup.py': 'setup(name="a")', 'pytest.ini': `[pytest]\n${options}\n` },
        tests: [path],
        after: { [path]: '' },
      });

      expect(/-o '(python_files=[^']*)'/.exec(recipe?.test.package ?? '')?.[1]).toBe(expected);
    },
  );

  const settings = { 'tests/settings.py': '', 'tests/test_a.py': '' };
  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    [
      'the script that starts them',
      { 'runtests.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")' },
      'tests.settings',
    ],
    ['tox', { 'tox.ini': '[testenv]\nsetenv =\n  DJANGO_SETTINGS_MODULE = tests.settings\n' }, 'tests.settings'],
    ['make', { Makefile: 'test:\n\tdjango-admin test --settings=tests.settings tests\n' }, 'tests.settings'],
    [
      'manage.py, but tox before it',
      {
        'manage.py': "os.environ['DJANGO_SETTINGS_MODULE'] = 'site.settings'",
        'site/settings.py': '',
        'tox.ini': '[testenv]\ncommands = django-admin test --settings tests.settings',
      },
      'tests.settings',
    ],
    [
      'a package',
      { 'runtests.py': 'DJANGO_SETTINGS_MODULE="acme.conf"', 'src/acme/conf/__init__.py': '' },
      'acme.conf',
    ],
    ['nothing that is there', { 'runtests.py': 'DJANGO_SETTINGS_MODULE="acme.conf"' }, undefined],
    [
      "pytest's own",
      {
        'runtests.py': 'DJANGO_SETTINGS_MODULE="tests.settings"',
        'pytest.ini': '[pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n',
      },
      undefined,
    ],
    [
      'conftest.py alone',
      {
        'runtests.py': 'DJANGO_SETTINGS_MODULE="tests.settings"',
        'tests/conftest.py': 'settings.configure(DEBUG=True)',
      },
      undefined,
    ],
  ])("runs Django's tests under the settings that are named by %s", async (_, files, expected) => {
    const [recipe] = await recipesOf({
      files: { 'setup.py': 'setup(name="a")', ...settings, ...files },
      after: { 'tests/test_a.py': 'from django.test import TestCase\n' },
    });

    expect(recipe?.env.DJANGO_SETTINGS_MODULE).toBe(expected);
    const install = recipe?.dependencies.find(({ name }) => name === 'install')?.run ?? '';
    expect(listed(install).includes('pytest-django')).toBe(expected !== undefined || 'pytest.ini' in files);
  });

  const workflow = `
jobs:
  postgres:
    services: { postgres: { image: postgres } }
    steps: [{ run: tox, env: { DB: postgres, DB_HOST: localhost } }]
  sqlite:
    steps: [{ run: 'pip install tox' }, { run: 'tox -e docs,style' }, { run: tox, env: { DB: sqlite3, SPEED: 1 } }, { run: tox, env: { DB: sqlite3, LEVEL: 1 } }]`;
  const reads = 'import os\nDB = os.environ.get("DB")\nHOST = os.environ["DB_HOST"]\nSPEED = env.int("SPEED", 1)\n';
  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['CI, in a job without services', { '.github/workflows/a.yml': workflow }, { DB: 'sqlite3' }],
    [
      'tox, written out and for all',
      { 'tox.ini': '[testenv]\nsetenv =\n  DB = a b\n  py38: SPEED = 2\n  DB_HOST = {env:HOST}\n  LEVEL = 1\n' },
      { DB: 'a b' },
    ],
    [
      'make, before the tests and nothing else',
      { Makefile: 'lint:\n\tSPEED=9 flake8\ntest:\n\t@DB="my sql" DB_HOST=$(HOST) \\\n\t\tpython -m pytest tests\n' },
      { DB: 'my sql' },
    ],
    ['make, but not for all tests', { Makefile: 'test:\n\tpytest tests\ntest-server:\n\tSPEED=1 pytest tests\n' }, {}],
    ["tox's own commands", { 'tox.ini': '[testenv]\ncommands = env SPEED=3 pytest {posargs}\n' }, { SPEED: '3' }],
    ['nothing', { 'tox.ini': '[testenv]\ncommands = pytest\n' }, {}],
  ])('sets the variables that settings read and that are set by %s', async (_, files, expected) => {
    const [recipe] = await recipesOf({
      files: { 'setup.py': 'setup(name="a")', 'tests/settings.py': reads, ...files },
    });

    const { DB, DB_HOST, SPEED, LEVEL } = recipe?.env ?? {};
    expect(JSON.parse(JSON.stringify({ DB, DB_HOST, SPEED, LEVEL }))).toEqual(expected);
  });

  const checks = {
    'setup.py': 'setup(name="a")',
    'a/test/testcheck.py': 'FILES = find("check-*.test")',
    'a/test/test_b.py': 'open("data/check-b.txt"); PATTERN = "*.test"',
    'a/test/testcase.py': '',
  };
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['the tests that have a pattern for data', checks, 'data/check-b.test', 'a/test/testcheck.py'],
    ['the tests that have data by its name', checks, 'data/check-b.txt', 'a/test/test_b.py'],
    ['the tests beside data that none has', checks, 'a/test/x.json', 'a/test/test_b.py'],
    [
      'what the configuration calls a test',
      { ...checks, 'pytest.ini': '[pytest]\npython_files = test*.py' },
      'a/test/testcheck.py',
      'a/test/testcheck.py',
    ],
  ])('runs %s', async (...[, files, path, expected]) => {
    const [recipe] = await recipesOf({ files, tests: [], support: [path], after: { [path]: '' } });

    expect(recipe?.test.files.split(/ (?=a\/|"\$@")/).slice(1)).toEqual([expected, '"$@"']);
  });

  it('does without what an extra asks for, as a last resort', async () => {
    const extra = '[project]\nname = "a"\n[project.optional-dependencies]\ntests = ["tensorflow==1"]\n';
    const recipes = await recipesOf({ files: { 'pyproject.toml': extra } });
    const plain = await recipesOf({ files: { 'pyproject.toml': '[project]\nname = "a"\n' } });

    const isReduced = ({ variant }: Recipe) => variant.endsWith('-reduced');
    expect(plain.some(isReduced)).toBe(false);
    expect(recipes.map(({ variant }) => variant)).toEqual(
      plain.map(({ variant }) => variant).toSpliced(2, 0, `${recipes[0]?.variant}-reduced`),
    );
    const overrides = ({ dependencies }: Recipe) => dependencies.some(({ run }) => run.includes('--override'));
    expect([...recipes, ...plain].map(overrides)).toEqual([...recipes, ...plain].map(isReduced));
  });

  it('leaves settings alone where no changed test is of Django', async () => {
    const files = { 'setup.py': '', ...settings, 'runtests.py': 'DJANGO_SETTINGS_MODULE="tests.settings"' };

    const [recipe] = await recipesOf({ files });

    expect(recipe?.env.DJANGO_SETTINGS_MODULE).toBeUndefined();
  });

  it('takes tools that its Python can run where older ones are pinned', async () => {
    const files = { 'setup.py': '', 'requirements_dev.txt': 'pytest==2.9.1\nsix==1.9\nparso==0.1\n' };

    expect(listed(await installOf({ files, committedAt: '2018-01-01T00:00:00Z' }))).toEqual(
      expect.arrayContaining(['parso==0.1', 'pytest', 'six']),
    );
    expect(listed(await installOf({ files, committedAt: '2021-06-01T00:00:00Z' }))).toContain('pytest==2.9.1');
  });

  it('brings Java where the tree has a generator of parsers in it', async () => {
    const [recipe] = await recipesOf({ files: { 'setup.py': '', 'build_helpers/bin/antlr-4.8-complete.jar': '' } });

    expect(recipe?.packages).toContain('default-jre-headless');
  });

  it('says why it has no recipe', async () => {
    const proposal = await stack.propose(
      createMemoryProject({ files: { 'setup.py': 'setup(name="a")' }, support: ['x.cfg'] }),
    );

    expect(proposal.kind).toBe('unsupported');
    expect(await stack.propose(createMemoryProject({ files: { 'main.go': '' } }))).toEqual({ kind: 'not-ours' });
  });
});
