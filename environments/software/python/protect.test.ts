import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReports } from '../../../src/engine/junit/read-reports.ts';
import { createMemoryProject } from '../../../test/fakes/memory-project.ts';
import { stack } from './index.ts';

const project = createMemoryProject({
  files: { 'setup.py': 'setup(name="a")', 'a/x.py': 'def f():\n    return 1\n' },
  sources: ['a/x.py'],
  tests: ['tests/test_x.py'],
});

async function firstRecipe() {
  const proposal = await stack.propose(project);
  if (proposal.kind !== 'recipes') throw new Error(proposal.kind);
  return proposal.recipes[0];
}

describe('what is protected', () => {
  it.each([
    'conftest.py',
    'pkg/tests/conftest.py',
    'pytest.ini',
    'pyproject.toml',
    'sitecustomize.py',
    'src/usercustomize.py',
    'x.egg-info/entry_points.txt',
    '.venv/bin/pytest',
    'a/__pycache__/x.cpython-311.pyc',
    'x.pth',
  ])('takes %s back', (path) => expect(stack.isProtected(path)).toBe(true));

  it.each(['src/a/config.py', 'a/setup_tools.py', 'a/pytest_plugin.py', 'README.md', 'a/tox.py'])(
    'leaves %s to the answer',
    (path) => expect(stack.isProtected(path)).toBe(false),
  );
});

describe('canary', () => {
  it('stands beside the tests, under names that only the nonce knows', async () => {
    const recipe = await firstRecipe();

    const one = await stack.canary?.('0123456789abcdef01234567', { project, recipe });
    const other = await stack.canary?.('fedcba9876543210fedcba98', { project, recipe });

    expect(Object.keys(one?.files ?? {})).toContain(one?.args[0]);
    expect(one?.args[0]).toMatch(/^tests\/test_\w+\.py$/);
    expect(one?.args).not.toEqual(other?.args);
    expect(one?.passing).not.toBe(one?.failing);
    const text = one?.files[one.args[0] ?? ''] ?? '';
    expect(text).toContain(`def ${one?.passing}():`);
    expect(text).toContain(`def ${one?.failing}():`);
  });
});

describe('canary in the changed files', () => {
  it.each([
    ['def test_a(): pass\n', true],
    ['pytestmark = pytest.mark.parametrize("a", [1])\ndef test_a(a): pass\n', false],
  ])('%j', async (text, isGrown) => {
    const readTest = async () => text;
    const canary = await stack.canary?.('k3', { project: { ...project, readTest }, recipe: await firstRecipe() });
    const grown = canary?.files[project.tests[0] ?? ''] ?? '';

    expect(grown.startsWith(text)).toBe(isGrown);
    expect(grown.includes(`def ${canary?.failing}():`)).toBe(isGrown);
  });
});

describe('attacks', () => {
  it('are all there, and only source files of theirs survive', async () => {
    const attacks = await stack.attacks({
      project,
      recipe: await firstRecipe(),
      failToPass: ['pytest :: tests.test_x :: test_f'],
    });

    expect(Object.keys(attacks).sort()).toEqual(['forged-report', 'runner-hook', 'stub-runner']);
    expect(Object.keys(attacks['runner-hook']).filter((path) => !stack.isProtected(path))).toContain('a/x.py');
    expect(attacks['forged-report']['a/x.py']).toContain('test_f');
    expect(attacks['forged-report']['a/x.py']).toMatch(/^def f\(\):/);
  });

  it('forge a report that is well-formed, whatever tests are named', async () => {
    const failToPass = ['pytest :: tests.test_x :: test_f[<"&]'];
    const attacks = await stack.attacks({ project, recipe: await firstRecipe(), failToPass });
    const folder = mkdtempSync(join(tmpdir(), 'envmint-forged-'));
    const report = join(folder, 'r.xml');

    // Not in the folders of whoever runs this test.
    const program = (attacks['forged-report']['a/x.py'] ?? '').replaceAll('"/tmp', `"${folder}`);
    execFileSync('python3', ['-c', program, `--junitxml=${report}`], { stdio: 'ignore' });

    const { tests, problems } = readReports([{ name: 'r.xml', bytes: readFileSync(report) }]);
    rmSync(folder, { recursive: true });
    expect(problems).toEqual([]);
    expect(tests).toMatchObject([{ raw: failToPass[0], status: 'pass' }]);
  });
});
