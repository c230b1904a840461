import { Recipe } from '../../src/domain/recipe.ts';
import type { Project, Proposal, Stack } from '../../src/testbed/stack.ts';

/**
 * A language of one line: "NAME PATH WORD" in a file of tests passes if the file at PATH has WORD in it. `createToyMachine` runs it.
 * "runner.cfg" with "all-pass" bends the runner, and a source with "FORGE" writes the report instead of it.
 */
export function toyRecipe(given: Partial<Recipe> = {}): Recipe {
  return Recipe.parse({
    stack: 'toy',
    stackVersion: '1',
    variant: 'toy',
    suite: 'bookworm',
    folder: '',
    env: { TOY: '1' },
    packages: ['toy'],
    toolchain: [{ name: 'toy', run: 'install toy' }],
    dependencies: [{ name: 'fetch', run: 'fetch' }],
    manifests: ['toy.lock'],
    isPinned: true,
    build: [{ name: 'compile', run: 'compile' }],
    test: { files: 'toy test files', package: 'toy test package', all: 'toy test all' },
    evidence: [],
    ...given,
  });
}

export interface ToyStack {
  readonly recipes?: readonly [Recipe, ...Recipe[]];
  readonly propose?: (project: Project) => Proposal;
  /** Whether "runner.cfg" is protected, and whether tests vouch for the report. */
  readonly isSafe?: boolean;
}

export function createToyStack({ recipes = [toyRecipe()], propose, isSafe = true }: ToyStack = {}): Stack {
  return {
    name: 'toy',
    version: '1',
    languages: ['python'],
    propose: async (project) => propose?.(project) ?? { kind: 'recipes', recipes },
    isProtected: (path) => isSafe && path === 'runner.cfg',
    canary: async (nonce) => {
      if (!isSafe) return undefined;
      const path = `tests/test_${nonce}.py`;
      const [passing, failing] = [`good_${nonce}`, `bad_${nonce}`];
      return {
        files: { [path]: `${passing} ${path} ${passing}\n${failing} nowhere x\n` },
        args: [path],
        passing,
        failing,
      };
    },
    attacks: async ({ failToPass }) => ({
      'runner-hook': { 'runner.cfg': 'all-pass' },
      'forged-report': { 'src/sizes.py': `FORGE ${failToPass.length}\n` },
      'stub-runner': { 'bin/toy': 'true\n' },
    }),
  };
}
