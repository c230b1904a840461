import { describe, expect, it } from 'vitest';
import { toFile } from '../../../test/fakes/container-files.ts';
import type { FakeAnswer, FakeCommand, FakeRuntime } from '../../../test/fakes/container-runtime.ts';
import { createMemoryArtifacts } from '../../../test/fakes/memory-artifacts.ts';
import { createMemoryLayerIndexes } from '../../../test/fakes/memory-layer-indexes.ts';
import { toyBed, toyCase, toyFix, toyLimits, toyTree } from '../../../test/fakes/toy-case.ts';
import { createToyMachine, type ToyMachine } from '../../../test/fakes/toy-machine.ts';
import { createToyStack, type ToyStack, toyRecipe } from '../../../test/fakes/toy-stack.ts';
import { BoundaryError } from '../../domain/boundary.ts';
import { BuiltImage } from '../../domain/built-image.ts';
import type { Candidate } from '../../domain/candidate.ts';
import type { Project } from '../../testbed/stack.ts';
import { type BuildNetwork, createBuildStage } from './index.ts';

const { signal } = new AbortController();
const noNetwork: BuildNetwork = { env: {}, scratch: '/.net', files: [], prepare: '', clean: '' };

interface World extends ToyMachine, ToyStack {
  readonly network?: BuildNetwork;
  readonly maxRecipes?: number;
  readonly setting?: ReturnType<typeof toyCase>;
  readonly runtime?: FakeRuntime;
}

function toWorld({ network = noNetwork, maxRecipes = 3, setting = toyCase(), ...given }: World = {}) {
  const runtime = given.runtime ?? createToyMachine(given);
  const artifacts = createMemoryArtifacts();
  const indexes = createMemoryLayerIndexes();
  const { candidate, ...source } = setting;
  const stage = createBuildStage({
    ...source,
    runtime,
    indexes,
    artifacts,
    network,
    maxRecipes,
    stacks: [createToyStack(given)],
    limits: toyLimits,
    stepTimeoutMs: 10_000,
    bed: toyBed(runtime),
    suite: () => runtime.pull('suite', signal),
  });
  return { runtime, artifacts, stage, candidate };
}

function build(world: ReturnType<typeof toWorld>, over: Partial<Candidate> = {}) {
  return world.stage.work({ ...world.candidate, ...over }, signal);
}

/** Scripts of the recipe's own steps, in order. */
function stepsOf({ commands }: FakeRuntime, words = /^(?:install toy|fetch|compile|toy test)/): string[] {
  return commands.map(({ script }) => script).filter((script) => words.test(script));
}

const fails = (word: string, answer: FakeAnswer = { exitCode: 2, output: 'one\nthe last words\n' }) => ({
  [word]: () => answer,
});

describe('createBuildStage', () => {
  it('keeps an image of three layers, the candidate, and the logs', async () => {
    const world = toWorld();

    const outcome = await build(world);

    expect(outcome).toMatchObject({
      kind: 'kept',
      output: { id: 'acme__widgets-12', path: 'acme__widgets-12/build.json' },
    });
    const image = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    expect(image.layers.map(({ kind, isReused }) => [kind, isReused])).toEqual([
      ['base', false],
      ['dependencies', false],
      ['instance', false],
    ]);
    expect(image.imageName).toMatch(/^envmint\/acme__widgets-12:[0-9a-f]{12}$/);
    expect(image.leaks).toMatchObject({ leaks: [], layers: 4 });
    expect(JSON.parse(world.artifacts.text('acme__widgets-12/candidate.json'))).toEqual(world.candidate);
    expect([...world.artifacts.files.keys()].filter((path) => path.includes('/logs/'))).toContain(
      'acme__widgets-12/logs/toy-instance-compile.txt',
    );
    expect(world.runtime.running()).toBe(0);
  });

  it('gives the network to base and dependencies, and to nothing after them', async () => {
    const world = toWorld();

    await build(world);

    const networks = world.runtime.commands.map(({ script, options }) => [script.split('\n')[0], options.network]);
    expect(networks).toContainEqual(['install toy', 'bridge']);
    expect(networks).toContainEqual(['fetch', 'bridge']);
    expect(networks).toContainEqual(['compile', 'none']);
    expect(networks).toContainEqual(['toy test files', 'none']);
  });

  it('keeps nothing of the tree in the dependency layer, and all of it in the instance', async () => {
    const acts = {
      fetch: ({ files }: FakeCommand) => ({ output: String(files.set('/opt/deps/a', toFile('a')).size) }),
    };
    const world = toWorld({ acts });

    await build(world);

    const [dependencies] = await world.runtime.images({ 'envmint.kind': 'dependencies' }, signal);
    const [instance] = await world.runtime.images({ 'envmint.kind': 'instance' }, signal);
    expect(await pathsIn(world.runtime, dependencies?.id)).toEqual(['/etc/os-release', '/opt/deps/a']);
    expect(await pathsIn(world.runtime, instance?.id)).toEqual([
      '/etc/os-release',
      '/opt/deps/a',
      ...Object.keys(toyTree).map((path) => `/testbed/${path}`),
    ]);
  });

  it('makes no layer twice', async () => {
    const world = toWorld();
    await build(world);

    const outcome = await build(world);

    expect(outcome.kind).toBe('kept');
    expect(stepsOf(world.runtime, /^(?:install toy|fetch|compile)/)).toHaveLength(3);
    const image = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    expect(image.layers.every(({ isReused }) => isReused)).toBe(true);
  });

  it('takes no image for a layer that was built on one and has its labels', async () => {
    const world = toWorld();
    await build(world);
    const first = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    world.runtime.buildOn(first.image, 'somebody/tool:latest');

    expect(await build(world)).toMatchObject({ kind: 'kept', output: { image: first.image } });
    expect(stepsOf(world.runtime, /^(?:install toy|fetch|compile)/)).toHaveLength(3);
  });

  it('shares layers between candidates that are built at the same time', async () => {
    const world = toWorld();

    const outcomes = await Promise.all([build(world), build(world, { id: 'acme__widgets-13' })]);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['kept', 'kept']);
    expect(stepsOf(world.runtime, /^(?:install toy|fetch|compile)/)).toHaveLength(3);
  });

  it('makes dependencies anew for other manifests, and on the same base', async () => {
    const world = toWorld();
    await build(world);
    const other = toWorld({
      runtime: world.runtime,
      setting: toyCase({ tree: { ...toyTree, 'toy.lock': 'widgets 2\n' } }),
    });

    await build(other);

    expect(stepsOf(world.runtime, /^(?:install toy|fetch)/)).toEqual(['install toy', 'fetch', 'fetch']);
  });

  it('takes the first recipe under which tests run', async () => {
    const second = toyRecipe({ variant: 'second', build: [{ name: 'compile', run: 'compile anew' }] });
    const recipes = [toyRecipe(), second] as const;
    const world = toWorld({ recipes: [...recipes], acts: { 'compile anew': () => ({}), ...fails('compile') } });

    const outcome = await build(world);

    expect(outcome.kind).toBe('kept');
    const { recipe, attempts } = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    expect(recipe.variant).toBe('second');
    expect(attempts).toMatchObject([
      { variant: 'toy', outcome: 'failed', step: 'instance-compile' },
      { variant: 'second', outcome: 'built', step: null },
    ]);
  });

  it.each([
    ['toolchain-failed', fails('install toy'), 'the last words'],
    ['dependencies-failed', fails('fetch'), 'dependencies step fetch ended with code 2'],
    ['build-failed', fails('compile'), 'instance step compile ended with code 2'],
    ['step-limit', fails('compile', { end: 'timed-out' }), 'was stopped: timed-out'],
    ['step-limit', fails('fetch', { end: 'disk-limit' }), 'was stopped: disk-limit'],
    ['no-tests-ran', fails('toy test'), 'none passed'],
  ])('rejects as %s, with the end of the log', async (reason, acts, detail) => {
    const world = toWorld({ acts });

    const outcome = await build(world);

    expect(outcome).toMatchObject({ kind: 'rejected', reason, detail: expect.stringContaining(detail) });
    expect(world.runtime.running()).toBe(0);
  });

  it('names the recipe that came furthest, tries as many as it may, and tells of all', async () => {
    const recipes = ['a', 'b', 'c'].map((variant) =>
      toyRecipe({ variant, build: [{ name: 'compile', run: `compile ${variant}` }] }),
    );
    const [first = toyRecipe(), ...rest] = recipes;
    const acts = { ...fails('compile a'), ...fails('toy test'), ...fails('compile c') };

    const outcome = await build(toWorld({ recipes: [first, ...rest], acts, maxRecipes: 2 }));

    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'no-tests-ran' });
    const { detail = '' } = outcome as { readonly detail?: string };
    expect(detail.match(/^[abc](?=: )/gm)).toEqual(['a', 'b']);
  });

  it('rejects what no stack takes, and what its stack cannot build', async () => {
    expect(await build(toWorld({ propose: () => ({ kind: 'not-ours' }) }))).toMatchObject({ reason: 'no-stack' });
    expect(await build(toWorld(), { language: 'php' })).toMatchObject({ reason: 'no-stack', detail: 'php' });
    expect(await build(toWorld({ propose: () => ({ kind: 'unsupported', why: 'bazel' }) }))).toMatchObject({
      reason: 'unsupported',
      detail: 'toy: bazel',
    });
  });

  it('rejects a commit that the clone does not have, and a test patch that does not apply', async () => {
    expect(await build(toWorld(), { baseCommit: 'f'.repeat(40) })).toMatchObject({ reason: 'commit-missing' });
    const { testPatch } = toyCase({
      tests: { 'tests/test_sizes.py': '' },
      tree: { 'tests/test_sizes.py': 'other\n' },
    }).candidate;
    expect(await build(toWorld(), { testPatch })).toMatchObject({ reason: 'patch-refused' });
  });

  it('keeps no image in which a step has left the fix', async () => {
    const fixed = toFile(toyFix['src/sizes.py'] ?? '');
    const acts = { fetch: ({ files }: FakeCommand) => ({ output: String(files.set('/opt/copy.py', fixed).size) }) };

    const outcome = await build(toWorld({ acts }));

    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'leak', detail: expect.stringContaining('opt/copy.py') });
  });

  it('takes versions of the day of the commit where those of its month hold the fix', async () => {
    const fixed = toFile(toyFix['src/sizes.py'] ?? '');
    const acts = {
      'fetch 2023-11-30': ({ files }: FakeCommand) => ({ output: String(files.set('/opt/release.py', fixed).size) }),
    };
    const dated = ({ committedAt }: Project) =>
      toyRecipe({ isPinned: false, dependencies: [{ name: 'fetch', run: `fetch ${committedAt}` }] });
    const world = toWorld({ acts, propose: (project) => ({ kind: 'recipes', recipes: [dated(project)] }) });

    const outcome = await build(world, { baseCommittedAt: '2023-11-05T10:00:00Z' });

    expect(outcome.kind).toBe('kept');
    expect(stepsOf(world.runtime, /^fetch/)).toEqual(['fetch 2023-11-30T23:59:59Z', 'fetch 2023-11-05T10:00:00Z']);
    const image = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    expect(image.dependencyDate).toBe('2023-11-05T10:00:00Z');
  });

  it('takes the next recipe where an image of the first holds the fix', async () => {
    const fixed = toFile(toyFix['src/sizes.py'] ?? '');
    const acts = { 'fetch old': ({ files }: FakeCommand) => ({ output: String(files.set('/opt/a.py', fixed).size) }) };
    const [first, second] = ['old', 'new'].map((variant) =>
      toyRecipe({ variant, dependencies: [{ name: 'fetch', run: `fetch ${variant}` }] }),
    );
    const world = toWorld({ acts, recipes: [first ?? toyRecipe(), second ?? toyRecipe()] });

    const outcome = await build(world);

    expect(outcome.kind).toBe('kept');
    const { recipe, attempts } = BuiltImage.parse(JSON.parse(world.artifacts.text('acme__widgets-12/build.json')));
    expect(recipe.variant).toBe('new');
    expect(attempts).toMatchObject([
      { variant: 'old', outcome: 'leak', step: null, detail: expect.stringContaining('opt/a.py') },
      { variant: 'new', outcome: 'built' },
    ]);
  });

  it('tells of the leak where no recipe after it works', async () => {
    const fixed = toFile(toyFix['src/sizes.py'] ?? '');
    const acts = {
      'fetch a': ({ files }: FakeCommand) => ({ output: String(files.set('/opt/a.py', fixed).size) }),
      ...fails('fetch b'),
    };
    const [first, second] = ['a', 'b'].map((variant) =>
      toyRecipe({ variant, dependencies: [{ name: 'fetch', run: `fetch ${variant}` }] }),
    );

    const outcome = await build(toWorld({ acts, recipes: [first ?? toyRecipe(), second ?? toyRecipe()] }));

    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'leak' });
    const { detail = '' } = outcome as { readonly detail?: string };
    expect(detail).toMatch(/^a: lines in opt\/a\.py.*\nb: dependencies step fetch/s);
  });

  it('tries versions of the day before the next recipe, and all recipes as of the day', async () => {
    const fixed = toFile(toyFix['src/sizes.py'] ?? '');
    const leak = ({ files }: FakeCommand) => ({ output: String(files.set('/opt/release.py', fixed).size) });
    const acts = { 'fetch a': leak, 'fetch b 2023-11-30': leak };
    const dated = (variant: string, { committedAt }: Project) =>
      toyRecipe({
        variant,
        isPinned: false,
        dependencies: [{ name: 'fetch', run: `fetch ${variant} ${committedAt.slice(0, 10)}` }],
      });
    const world = toWorld({
      acts,
      propose: (project) => ({ kind: 'recipes', recipes: [dated('a', project), dated('b', project)] }),
    });

    const outcome = await build(world, { baseCommittedAt: '2023-11-05T10:00:00Z' });

    expect(outcome.kind).toBe('kept');
    expect(stepsOf(world.runtime, /^fetch/)).toEqual([
      'fetch a 2023-11-30',
      'fetch a 2023-11-05',
      'fetch b 2023-11-05',
    ]);
  });

  it('keeps no image with more of the history than one commit', async () => {
    const acts = { 'find / -xdev': () => ({ output: '/testbed/.git\t7\t2\t1\t0\t0\t50\t0\n' }) };

    expect(await build(toWorld({ acts }))).toMatchObject({
      reason: 'leak',
      detail: expect.stringContaining('/testbed/.git'),
    });
  });

  it('blames the network for what the network did', async () => {
    const acts = fails('fetch', { exitCode: 1, output: 'Temporary failure in name resolution\n' });
    const world = toWorld({ acts });

    await expect(build(world)).rejects.toMatchObject({ boundary: 'container', retryable: true });
    expect(world.runtime.running()).toBe(0);
  });

  it('makes again what failed, once the trouble is over', async () => {
    let isDown = true;
    const acts = { fetch: () => (isDown ? { exitCode: 1, output: 'ECONNRESET' } : {}) };
    const world = toWorld({ acts });
    await expect(build(world)).rejects.toThrow(BoundaryError);
    isDown = false;

    expect(await build(world)).toMatchObject({ kind: 'kept' });
  });
});

describe('settings of the network', () => {
  const network: BuildNetwork = {
    env: { HTTPS_PROXY: 'http://user:secret@proxy' },
    scratch: '/.net',
    files: [['.net/ca.pem', Buffer.from('certificate')]],
    prepare: 'prepare it',
    clean: 'clean it',
  };
  const acts = {
    'clean it': ({ files }: FakeCommand) => ({ output: String(files.delete('/.net/ca.pem')) }),
  };

  it('are there for steps with network, and gone from every layer', async () => {
    let seen = '';
    const look = ({ files, env }: FakeCommand) => {
      seen = `${files.get('/.net/ca.pem')?.content} ${env.HTTPS_PROXY}`;
      return {};
    };
    const world = toWorld({ network, acts: { ...acts, fetch: look } });

    expect(await build(world)).toMatchObject({ kind: 'kept' });

    expect(seen).toBe('certificate http://user:secret@proxy');
    for (const image of await world.runtime.images({}, signal)) {
      expect(await pathsIn(world.runtime, image.id)).not.toContain('/.net/ca.pem');
    }
    const offline = world.runtime.commands.filter(({ options }) => options.network === 'none');
    expect(offline.some(({ env }) => 'HTTPS_PROXY' in env)).toBe(false);
  });

  it.each(['prepare it', 'clean it'])('keep no layer where "%s" fails', async (word) => {
    const world = toWorld({ network, acts: fails(word) });

    await expect(build(world)).rejects.toThrow(/ended with code 2: one\nthe last words/);

    expect(await world.runtime.images({ 'envmint.kind': 'base' }, signal)).toEqual([]);
    expect(world.runtime.running()).toBe(0);
  });
});

/** Absolute paths of the files of an image. */
async function pathsIn(runtime: FakeRuntime, image = ''): Promise<string[]> {
  const options = { image, network: 'none', limits: toyLimits, labels: {}, env: {}, privileges: 'test' } as const;
  await using container = await runtime.start(options, signal);
  await container.exec({ script: 'look', folder: '/', timeoutMs: 1000, outputBytes: 100 }, signal);
  return [...(runtime.commands.at(-1)?.files.keys() ?? [])].sort();
}
