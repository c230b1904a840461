import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDockerRuntime } from '../src/adapters/dockerode/index.ts';
import { createGitRepositories } from '../src/adapters/git/index.ts';
import { suiteName } from '../src/cli/software/base-images.ts';
import { createBuildNetwork } from '../src/cli/software/network.ts';
import { Instance } from '../src/domain/instance.ts';
import type { Scope } from '../src/domain/recipe.ts';
import { RUN_STATES, type RunState } from '../src/domain/transitions.ts';
import type { Container } from '../src/ports/container-runtime.ts';
import type { LayerPlan } from '../src/stages/build/layer.ts';
import { planBase, planDependencies, planInstance } from '../src/stages/build/layers.ts';
import { folderOf } from '../src/testbed/run-tests.ts';
import { packFiles } from '../src/testbed/tar.ts';
import { sampleMemory } from './measure/memory.ts';
import { describeMachine } from './report/machine.ts';

/*
 * What build and validate cost beside the bare commands: npx node bench/software.ts CANDIDATES CLONE [options of build and validate [-- options of build alone]]
 * CANDIDATES are of one repository, CLONE is its folder. Every candidate is worked by processes of its own, one after the other; then the steps of the
 * first one and of the last one and as many runs of their tests are done by hand in one container each.
 */
const [candidates = '', clone = '', ...given] = process.argv.slice(2);
const cut = given.includes('--') ? given.indexOf('--') : given.length;
const options = given.slice(0, cut);
const buildOptions = given.slice(cut + 1);
const signal = new AbortController().signal;
const root = await mkdtemp(join(tmpdir(), 'envmint-bench-'));
const runtime = createDockerRuntime({ run: `bench-${process.pid}`, host: process.env.DOCKER_HOST });
const bundlePath = buildOptions[buildOptions.indexOf('--ca-bundle') + 1];
const bundle =
  buildOptions.includes('--ca-bundle') && bundlePath !== undefined
    ? { path: bundlePath, pem: await readFile(bundlePath, 'utf8') }
    : undefined;
const network = createBuildNetwork({ bundle, mirrors: {}, env: process.env });
const limits = { memoryBytes: 4 * 2 ** 30, cpus: 2, processes: 4096, diskBytes: 20 * 2 ** 30 };
const patience = { timeoutMs: 1_800_000, outputBytes: 2 ** 30 };
const ids = (await readFile(candidates, 'utf8'))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).id as string);
console.log(describeMachine('python3'));
try {
  const instances: Instance[] = [];
  for (const id of ids) {
    const built = await command(['build', candidates, '--only', id, '--run-id', `b-${id}`, ...buildOptions]);
    const proven = await command(['validate', join(root, `b-${id}`), '--run-id', `v-${id}`]);
    const rows = await readFile(join(root, `v-${id}`, 'instances.jsonl'), 'utf8').catch(() => '');
    if (rows === '') {
      console.log(`${id}: not kept after ${seconds(built.ms + proven.ms)}`);
      continue;
    }
    const instance = Instance.parse(JSON.parse(rows));
    instances.push(instance);
    const layers = instance.build.layers
      .map(({ kind, addedBytes, isReused }) => `${kind} ${mb(addedBytes)}${isReused ? ' (there)' : ''}`)
      .join(', ');
    const peak = Math.max(built.peakMb, proven.peakMb).toFixed(0);
    console.log(`${id}: build ${seconds(built.ms)}, validate ${seconds(proven.ms)}, peak ${peak} MB; ${layers}`);
  }
  for (const instance of new Set([instances.at(0), instances.at(-1)])) if (instance) await bare(instance);
} finally {
  await rm(root, { recursive: true, force: true });
}

async function command(args: readonly string[]): Promise<{ readonly ms: number; readonly peakMb: number }> {
  const startMs = performance.now();
  const program = spawn(process.execPath, ['bin/envmint.mjs', ...args, '--out', root, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMb = 0;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, sampleMemory(program.pid ?? 0)?.total ?? 0);
  }, 200);
  await once(program, 'exit');
  clearInterval(sampling);
  return { ms: performance.now() - startMs, peakMb };
}

/** All steps, and tests as often as they were run (three states, controls, whole suite, shifted clock), in one container that nothing is kept of. */
async function bare({ id, build, candidate, controls, repeats, scope }: Instance): Promise<void> {
  const { recipe } = build;
  const suite = await runtime.image(suiteName(recipe.suite), signal);
  if (suite === undefined) throw new Error(`there is no image of ${recipe.suite}`);
  const repositories = createGitRepositories({ cache: root, env: process.env, token: undefined, host: '' });
  const repository = await repositories.open({ name: candidate.repository, cloneUrl: clone }, signal);
  if (repository === undefined) throw new Error(`${clone} is no repository`);
  await using snapshot = await repository.snapshot(candidate.baseCommit, signal);
  const source = { candidate, recipe, snapshot, manifests: {}, date: null };
  const plans = [planBase(source, suite), planDependencies(source, suite), planInstance(source, suite)];

  const startMs = performance.now();
  await using container = await runtime.start(
    { image: suite.id, network: 'bridge', limits, labels: {}, env: plans[0]?.env ?? {}, privileges: 'build' },
    signal,
  );
  await container.upload(await packFiles(network.files), '/', signal);
  await container.exec({ script: network.prepare, folder: '/', ...patience }, signal);
  for (const plan of plans) await steps(container, plan);
  const setUpMs = performance.now() - startMs;
  for (const state of RUN_STATES) {
    const patches = { base: [], tests: [candidate.testPatch], gold: [candidate.testPatch, candidate.goldPatch] }[state];
    const further: Scope[] = state === 'tests' ? [...controls.map((one) => one.scope), scope, scope] : [];
    const scopes = [...Array<Scope>(repeats).fill(scope), ...further];
    for (const one of scopes) await test(container, { state, patches, script: recipe.test[one] });
  }
  const runs = RUN_STATES.length * repeats + controls.length + 2;
  const allMs = performance.now() - startMs;
  console.log(
    `${id}, bare: ${seconds(setUpMs)} for all steps, ${seconds(allMs - setUpMs)} for ${runs} runs of its tests`,
  );

  async function test(
    { exec, upload }: Container,
    { state, patches, script }: { state: RunState; patches: readonly string[]; script: string },
  ): Promise<void> {
    await upload(await packFiles(patches.map((patch, index) => [`${state}-${index}.patch`, patch])), '/tmp', signal);
    const apply = patches.map((_, index) => `git apply /tmp/${state}-${index}.patch`);
    const reset = 'git checkout --quiet -- . && git clean -fdq && rm -rf /tmp/reports && mkdir /tmp/reports';
    await exec({ script: [reset, ...apply].join('\n'), folder: '/testbed', ...patience }, signal);
    const env = { ENVMINT_REPORTS: '/tmp/reports' };
    await exec({ script, folder: folderOf(recipe), env, ...patience }, signal);
  }
}

async function steps(container: Container, plan: LayerPlan): Promise<void> {
  if (plan.kind === 'dependencies') await plan.lay?.(container, signal);
  for (const { name, run } of plan.steps) {
    if (name === 'take-tree-away') continue;
    const { exitCode, tail } = await container.exec(
      { script: run, folder: plan.folder, env: network.env, ...patience },
      signal,
    );
    if (exitCode !== 0) throw new Error(`${plan.kind} ${name}: ${tail}`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
