import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../src/domain/recipe.ts';
import { createMemoryProject, type MemoryProject } from '../../../test/fakes/memory-project.ts';
import { isCarried } from './carried.ts';
import { stack } from './index.ts';

async function firstRecipe(project: MemoryProject): Promise<Recipe> {
  const proposal = await stack.propose(
    createMemoryProject({ tests: ['tests/test_a.py'], after: { 'tests/test_a.py': '' }, ...project }),
  );
  if (proposal.kind !== 'recipes') throw new Error(JSON.stringify(proposal));
  return proposal.recipes[0];
}

const scripts = (steps: Recipe['toolchain']) => steps.map(({ run }) => run).join('\n');
/** What is installed beside the manifest. */
const listed = ({ dependencies }: Recipe) => /<<'END'\n([\s\S]*?)\nEND/.exec(scripts(dependencies))?.[1]?.split('\n');

describe('isCarried', () => {
  it.each([
    ['src/packaging/__init__.py', true],
    ['idna/__init__.py', true],
    ['six.py', true],
    ['src/pip/__init__.py', true],
    ['jaraco/functools/__init__.py', true],
    ['a/__init__.py', false],
    // A folder of scripts, and copies that others carry.
    ['packaging/build.py', false],
    ['a/_vendor/idna/__init__.py', false],
  ])('tells of %s: %s', (path, expected) => {
    expect(isCarried([path], { folder: '', roots: ['src', '.'] })).toBe(expected);
  });

  it('knows folders of a project that is not at the root', () => {
    expect(isCarried(['lib/src/idna/__init__.py'], { folder: 'lib', roots: ['src', '.'] })).toBe(true);
    expect(isCarried(['idna/__init__.py'], { folder: 'lib', roots: ['src', '.'] })).toBe(false);
  });
});

describe('a project that pip and setuptools carry copies of', () => {
  const flit = {
    'pyproject.toml':
      '[project]\nname = "idna"\n[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n',
    'idna/__init__.py': '',
  };
  const setup = { 'setup.py': 'setup(name="idna")', 'idna/__init__.py': '' };

  it('is installed without pip, and with no tool that it does not ask for', async () => {
    const recipe = await firstRecipe({ files: flit, committedAt: '2023-05-04T00:00:00Z' });

    expect(listed(recipe)).toEqual(['flit_core', 'pytest']);
    expect(recipe.build[0]).toMatchObject({
      name: 'link',
      run: expect.stringMatching(/bin\/uv pip install .*--offline/),
    });
    const toolchain = scripts(recipe.toolchain);
    expect(toolchain).toMatch(/-m venv \/tmp\/\S+\n/);
    expect(toolchain).not.toMatch(/ pip==|-m venv \/opt/);
    expect(toolchain).toContain('*.whl');
  });

  it('leaves no pip with a Python that was downloaded', async () => {
    const text = flit['pyproject.toml'].replace('"idna"\n', '"idna"\nrequires-python = ">=3.12,<3.13"\n');
    const recipe = await firstRecipe({ files: { ...flit, 'pyproject.toml': text } });

    expect(scripts(recipe.toolchain)).toMatch(/python install 3\.12[\s\S]*rm -rf \/opt\/python\/\S+site-packages/);
  });

  it.each([
    ['2024-05-04', /bin\/uv pip install .*--editable \.$/],
    // Before setuptools could make such links.
    ['2022-05-04', /^python setup\.py develop .*--no-deps$/],
  ])('is linked with setuptools of %s', async (date, expected) => {
    const recipe = await firstRecipe({ files: setup, committedAt: `${date}T00:00:00Z` });

    expect(recipe.build[0]).toMatchObject({ name: 'link', run: expect.stringMatching(expected) });
    expect(listed(recipe)).toEqual(['pytest', 'setuptools', 'wheel']);
  });

  it('is linked by setup.cfg alone', async () => {
    const files = { 'setup.cfg': '[metadata]\nname = idna\n', 'pyproject.toml': '[build-system]\nrequires = []\n' };
    const recipe = await firstRecipe({
      files: { ...files, 'idna/__init__.py': '' },
      committedAt: '2022-05-04T00:00:00Z',
    });

    expect(recipe.build[0]?.run).toMatch(/^python -c 'import setuptools; setuptools\.setup\(\)' develop/);
  });

  it('is found by its path where the setuptools of its Python is newer than the commit', async () => {
    const recipe = await firstRecipe({ files: setup, committedAt: '2019-05-04T00:00:00Z' });

    expect(recipe.build.map(({ name }) => name)).toEqual(['paths']);
    expect(recipe.build[0]?.run).toContain('idna-0.0.0.dist-info');
    expect(listed(recipe)).toEqual(['pytest']);
  });

  it('builds its extension modules anew in each run without pip', async () => {
    const files = {
      'setup.py': 'setup(name="msgpack", ext_modules=[Extension("a", ["a.c"])])',
      'msgpack/__init__.py': '',
    };
    const recipe = await firstRecipe({ files, committedAt: '2024-05-04T00:00:00Z' });

    expect(recipe.test.files).toMatch(/\n\S+\/uv pip install [^\n]*--editable \. >&2\npytest /);
  });
});
