import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toFile } from '../../../test/fakes/container-files.ts';
import type { FakeCommand, FakeRuntime } from '../../../test/fakes/container-runtime.ts';
import { createMemoryArtifacts } from '../../../test/fakes/memory-artifacts.ts';
import { createMemoryLayerIndexes } from '../../../test/fakes/memory-layer-indexes.ts';
import { type ToyCase, toyBed, toyCase, toyFix, toyLimits, toyTests, toyTree } from '../../../test/fakes/toy-case.ts';
import { createToyMachine, runToyTests, type ToyMachine } from '../../../test/fakes/toy-machine.ts';
import { createToyStack, type ToyStack } from '../../../test/fakes/toy-stack.ts';
import { BoundaryError } from '../../domain/boundary.ts';
import { BuiltRef } from '../../domain/built-image.ts';
import { Instance } from '../../domain/instance.ts';
import { MeasuredStateRun } from '../../domain/test-run.ts';
import type { TestBed } from '../../testbed/run-tests.ts';
import { createBuildStage } from '../build/index.ts';
import { createValidateStage, type ValidateNeeds } from './index.ts';
import { clockEnv } from './probes.ts';

const { signal } = new AbortController();
const folder = 'acme__widgets-12';
const strict = { passToSkip: 'reject', passToAbsent: 'reject' } as const;

interface World extends ToyMachine, ToyStack, ToyCase {
  readonly over?: Partial<ValidateNeeds>;
  readonly bed?: Partial<TestBed>;
  readonly isImageGone?: boolean;
  /** How many containers may be at work at once. */
  readonly jobs?: number;
  /** Takes the machine before the validation begins. */
  readonly watch?: (runtime: FakeRuntime) => void;
}

/** Builds the case, and says what the validation of its image makes of it. */
async function validate({ over = {}, acts = {}, ...given }: World = {}) {
  const { candidate, ...source } = toyCase(given);
  // What the test is about begins once the image is there.
  let isBuilt = false;
  const later = Object.entries(acts).map(([word, act]) => {
    const late = (command: FakeCommand) => (isBuilt ? act(command) : runToyTests(command));
    return [word, late] as const;
  });
  const runtime = createToyMachine({ acts: Object.fromEntries(later) });
  const artifacts = createMemoryArtifacts();
  const stacks = [createToyStack(given)];
  const shared = { ...source, runtime, artifacts, stacks, bed: { ...toyBed(runtime, given.jobs), ...given.bed } };
  const network = { env: {}, scratch: '/.net', files: [], prepare: '', clean: '' };
  const suite = () => runtime.pull('suite', signal);
  const limits = { limits: toyLimits, stepTimeoutMs: 10_000, maxRecipes: 1 };
  const indexes = createMemoryLayerIndexes();
  const built = await createBuildStage({ ...shared, ...limits, network, suite, indexes }).work(candidate, signal);
  if (built.kind !== 'kept') throw new Error(JSON.stringify(built));
  isBuilt = true;
  given.watch?.(runtime);
  if (given.isImageGone) await runtime.removeImage(built.output.image, signal);
  const settings = { scope: 'package', repeats: 3, policy: strict, maxHunks: 2, built: artifacts } as const;
  const stage = createValidateStage({ ...shared, ...settings, ...over });
  const start = runtime.commands.length;
  const outcome = await stage.work(BuiltRef.parse(built.output), signal);
  const commands = runtime.commands.slice(start);
  return {
    outcome,
    artifacts,
    runtime,
    commands,
    instance: () => Instance.parse(JSON.parse(artifacts.text(`${folder}/instance.json`))),
  };
}

/** Only some runs of the tests do something else; runs are counted from 1 on. */
function onRun(numbers: readonly number[], act: (command: FakeCommand) => ReturnType<typeof runToyTests>) {
  let run = 0;
  return (command: FakeCommand) => {
    run += 1;
    return numbers.includes(run) ? act(command) : runToyTests(command);
  };
}

describe('createValidateStage', () => {
  it('gives controls and the run under another clock less time than the states, and the whole suite as much', async () => {
    const hour = 3_600_000;
    const { commands } = await validate({ bed: { timeoutMs: hour } });
    const [states, controls] = [7, 6];

    const times = commands.filter(({ script }) => script.startsWith('toy test')).map(({ timeoutMs }) => timeoutMs);

    expect(times.slice(0, states)).toEqual(Array(states).fill(hour));
    expect(times.slice(states, states + controls).every((time) => time === 120_000)).toBe(true);
    expect(times.slice(-2)).toEqual([hour, 120_000]);
  });

  it('keeps a candidate whose tests fail before the fix and pass after it', async () => {
    const { outcome, instance, artifacts, runtime } = await validate();

    expect(outcome).toMatchObject({ kind: 'kept', output: { id: folder, path: `${folder}/instance.json` } });
    const { transitions, isWeaklyTested, isOnlyAbsent, repeats } = instance();
    expect(transitions.failToPass).toMatchObject([{ id: 'test_sizes :: rounds', kind: 'fail' }]);
    expect(transitions.passToPass).toEqual(['test_sizes :: cuts', 'test_sizes :: lines']);
    expect({ isWeaklyTested, isOnlyAbsent, repeats }).toEqual({
      isWeaklyTested: true,
      isOnlyAbsent: false,
      repeats: 3,
    });
    const runs = artifacts
      .text(`${folder}/runs.jsonl`)
      .trimEnd()
      .split('\n')
      .map((line) => MeasuredStateRun.parse(JSON.parse(line)));
    expect(runs.map(({ state, repeat }) => `${state}${repeat}`)).toEqual([
      'base1',
      'tests1',
      'gold1',
      'tests2',
      'gold2',
      'tests3',
      'gold3',
    ]);
    expect(runtime.running()).toBe(0);
  });

  it('runs everything without network, with few privileges, each in a container of its own', async () => {
    const { commands } = await validate();

    const tests = commands.filter(({ script }) => script.startsWith('toy test'));

    expect(tests.every(({ options }) => options.network === 'none' && options.privileges === 'test')).toBe(true);
    expect(new Set(tests.map(({ files }) => files)).size).toBe(tests.length);
    expect(new Set(tests.map(({ env }) => env.ENVMINT_REPORTS)).size).toBe(tests.length);
  });

  it.each([1, 2, 4])('has %i containers at work at once where there is room for so many', async (jobs) => {
    let working = 0;
    const seen: number[] = [];
    const act = async (command: FakeCommand) => {
      seen.push(++working);
      await sleep(2);
      working -= 1;
      return runToyTests(command);
    };

    const { instance, runtime } = await validate({ jobs, acts: { 'toy test': act } });

    // The first round has three runs.
    expect(Math.max(...seen.slice(0, 3))).toBe(Math.min(jobs, 3));
    expect(Math.max(...seen)).toBe(jobs);
    expect(instance()).toEqual((await validate()).instance());
    expect(runtime.running()).toBe(0);
  });

  it('leaves no container where the engine fails one run', async () => {
    let runs = 0;
    let machine: FakeRuntime | undefined;
    const act = async (command: FakeCommand) => {
      await sleep(2);
      if (++runs === 2) throw new BoundaryError('container', 'the engine is gone');
      return runToyTests(command);
    };

    const watch = (runtime: FakeRuntime) => {
      machine = runtime;
    };
    await expect(validate({ jobs: 3, watch, acts: { 'toy test': act } })).rejects.toThrow('the engine is gone');

    expect(machine?.running()).toBe(0);
  });

  it('grades the gold patch with 1 and all that must not pass with 0', async () => {
    const { instance } = await validate();

    const { controls } = instance();

    expect(controls.map(({ control, score, reasons }) => [control, score, reasons])).toEqual([
      ['gold', 1, []],
      ['empty', 0, ['fail-to-pass']],
      ['tests-only', 0, ['fail-to-pass']],
      ['gold-less-hunk', 0, ['fail-to-pass']],
      ['gold-less-hunk', 1, []],
      ['runner-hook', 0, ['fail-to-pass']],
      ['forged-report', 0, ['tampered']],
      ['stub-runner', 0, ['fail-to-pass']],
    ]);
    expect(controls.find(({ control }) => control === 'runner-hook')?.dropped).toEqual(['runner.cfg']);
  });

  it('runs the tests once for all answers of which the same is left, and says of each what was dropped', async () => {
    const { commands, instance } = await validate({ over: { scope: 'all', repeats: 1 } });
    const [states, clock] = [3, 1];

    const runs = commands.filter(({ script }) => script.startsWith('toy test')).length;
    const { controls } = instance();

    const nothingLeft = controls.filter(({ control }) => ['empty', 'tests-only', 'runner-hook'].includes(control));
    expect(nothingLeft.map(({ dropped }) => dropped)).toEqual([[], ['tests/test_sizes.py'], ['runner.cfg']]);
    // The gold patch is run with the changed files' tests as well, and so is the one hunk that is not missed, before all tests are.
    expect(runs - states - clock).toBe(controls.length - 2 + 2);
  });

  it('runs the other tests only for answers that pass those of the changed files', async () => {
    const { instance, commands } = await validate();

    expect(instance().controls.map(({ control, scope }) => [control, scope])).toEqual([
      ['gold', 'package'],
      ['empty', 'files'],
      ['tests-only', 'files'],
      ['gold-less-hunk', 'files'],
      ['gold-less-hunk', 'package'],
      ['runner-hook', 'files'],
      ['forged-report', 'files'],
      ['stub-runner', 'files'],
    ]);
    const [states, gold, weak, clock] = [7, 1, 1, 1];
    expect(commands.filter(({ script }) => script.startsWith('toy test package'))).toHaveLength(
      states + gold + weak + clock,
    );
  });

  it('sees in the other tests what those of the changed files do not', async () => {
    const path = 'src/sizes.py';
    const tree = { ...toyTree, [path]: `kept\n${toyTree[path]}`, 'tests/test_more.py': 'more src/sizes.py kept\n' };
    const fix = { [path]: `to the nearest\n${toyTree[path]}kept\n` };
    const alone = (command: FakeCommand) => {
      command.files.delete('/testbed/tests/test_more.py');
      return runToyTests(command);
    };

    const { instance } = await validate({ tree, fix, acts: { 'toy test files': alone } });

    const less = instance().controls.filter(({ control }) => control === 'gold-less-hunk');
    expect(less.map(({ scope, reasons }) => [scope, reasons])).toEqual([
      ['files', ['fail-to-pass']],
      ['package', ['pass-to-pass']],
    ]);
  });

  it('runs all tests for all answers where the gold patch does not pass with those of the changed files', async () => {
    const nothing = () => ({ exitCode: 1 });

    const { instance } = await validate({ acts: { 'toy test files': nothing } });

    expect(new Set(instance().controls.map(({ scope }) => scope))).toEqual(new Set(['package']));
  });

  it('has no weak tests where every hunk is needed', async () => {
    const fix = { 'src/widths.py': 'a width\nnearest\n' };
    const tests = { 'tests/test_sizes.py': `${toyTree['tests/test_sizes.py']}rounds src/widths.py nearest\n` };

    const { instance } = await validate({ fix, tests });

    expect(instance().isWeaklyTested).toBe(false);
    expect(instance().controls.filter(({ control }) => control === 'gold-less-hunk')).toEqual([]);
  });

  it('marks tests that pass under the clock of the container only', async () => {
    const underOtherClock = (command: FakeCommand) => {
      if (command.env.TZ === 'Pacific/Chatham') command.files.set('/testbed/src/sizes.py', toFile('late'));
      return runToyTests(command);
    };

    const { instance } = await validate({ acts: { 'toy test': underOtherClock } });

    expect(clockEnv).toMatchObject({ FAKETIME: '+183d', LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1' });
    expect(instance().clock).toMatchObject({ shift: '+183d', end: 'exited' });
    expect(instance().clock.differing).toEqual(['test_sizes :: cuts', 'test_sizes :: lines', 'test_sizes :: rounds']);
  });

  it('measures the whole suite once, and not where the scope is the whole already', async () => {
    expect((await validate()).instance().wholeSuite).toMatchObject({ tests: 3, failing: 0, end: 'exited' });
    expect((await validate({ over: { scope: 'all' } })).instance().wholeSuite).toBeNull();
  });

  it('rejects weak verifiers: an answer that must not pass, and does', async () => {
    const { outcome, artifacts } = await validate({ isSafe: false });

    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'control-passed' });
    expect(outcome).toMatchObject({ detail: 'runner-hook (runner.cfg); forged-report (src/sizes.py)' });
    expect(artifacts.text(`${folder}/controls.json`)).toContain('runner-hook');
    expect(artifacts.files.has(`${folder}/instance.json`)).toBe(false);
  });

  /** With the tests of a candidate, code does not compile that lacks its fix. */
  function compiles({ fix = toyFix, tests = toyTests }: ToyCase) {
    return (command: FakeCommand) => {
      const at = (path: string) => command.files.get(`/testbed/${path}`)?.content.toString();
      const isNew = at('tests/test_sizes.py') === tests['tests/test_sizes.py'];
      const isFixed = at('src/sizes.py') === fix['src/sizes.py'];
      return isNew && !isFixed ? { exitCode: 2 } : runToyTests(command);
    };
  }

  it('runs the base as often as the rest where it speaks for tests that did not compile', async () => {
    const { artifacts, instance } = await validate({ acts: { 'toy test': compiles({}) } });

    const lines = artifacts.text(`${folder}/runs.jsonl`).trimEnd().split('\n');
    const states = lines.map((line) => MeasuredStateRun.parse(JSON.parse(line)).state);
    expect(states).toEqual([1, 2, 3].flatMap(() => ['base', 'tests', 'gold']));
    expect(instance().transitions).toMatchObject({
      failToPass: [{ id: 'test_sizes :: rounds', kind: 'absent' }],
      passToPass: ['test_sizes :: cuts', 'test_sizes :: lines'],
    });
  });

  it('takes nothing of the base for tests that are rewritten so that they do not compile', async () => {
    const path = 'tests/test_sizes.py';
    const lines = 'lines() src/sizes.py last\n';
    const tree = { ...toyTree, [path]: `cuts() src/sizes.py cut\n${lines}` };
    const tests = { [path]: `cuts() src/sizes.py round\n${lines}rounds() src/sizes.py nearest\n` };

    const { instance } = await validate({ tree, tests, acts: { 'toy test': compiles({ tests }) } });

    expect(instance().transitions).toMatchObject({
      failToPass: [{ id: 'test_sizes :: cuts()' }, { id: 'test_sizes :: rounds()' }],
      passToPass: ['test_sizes :: lines()'],
    });
  });

  it('puts a flaky test aside, and keeps the rest', async () => {
    const flip = (command: FakeCommand) => {
      command.files.set(
        '/testbed/tests/test_sizes.py',
        toFile(toyTests['tests/test_sizes.py']?.replace('last', 'never') ?? ''),
      );
      return runToyTests(command);
    };

    const { instance } = await validate({ acts: { 'toy test': onRun([5], flip) } });

    const { flaky, passToPass } = instance().transitions;
    expect(flaky).toMatchObject([{ id: 'test_sizes :: lines', seen: { gold: ['pass', 'fail', 'pass'] } }]);
    expect(passToPass).toEqual(['test_sizes :: cuts']);
  });

  it('rejects where the only test that flips is flaky', async () => {
    const break_ = (command: FakeCommand) => {
      command.files.set('/testbed/src/sizes.py', toFile(toyTree['src/sizes.py'] ?? ''));
      return runToyTests(command);
    };

    expect((await validate({ acts: { 'toy test': onRun([5], break_) } })).outcome).toMatchObject({
      reason: 'all-flaky',
    });
  });

  it.each<[string, World]>([
    [
      'no-fail-to-pass',
      { tests: { 'tests/test_sizes.py': `${toyTree['tests/test_sizes.py']}again src/sizes.py cut\n` } },
    ],
    ['pass-to-fail', { fix: { 'src/sizes.py': toyFix['src/sizes.py']?.replace('cut\n', '') ?? '' } }],
    [
      'pass-to-absent',
      {
        fix: { ...toyFix, 'tests/test_more.py': undefined },
        tree: { ...toyTree, 'tests/test_more.py': 'more src/sizes.py cut\n' },
      },
    ],
  ])('rejects as %s', async (reason, world) => {
    const { outcome } = await validate(world);

    expect(outcome).toMatchObject({ kind: 'rejected', reason });
    expect((outcome as { detail?: string }).detail).toContain('fail-to-pass');
  });

  it('ends after the first round where further ones cannot help', async () => {
    const tests = { 'tests/test_sizes.py': `${toyTree['tests/test_sizes.py']}again src/sizes.py cut\n` };

    const { commands } = await validate({ tests });

    expect(commands.filter(({ script }) => script.startsWith('toy test'))).toHaveLength(3);
  });

  it('rejects a gold run that was ended from outside, by name', async () => {
    const acts = { 'toy test': onRun([7], () => ({ end: 'out-of-memory' as const })) };

    const { outcome } = await validate({ acts });

    expect(outcome).toMatchObject({ reason: 'gold-run-ended', detail: expect.stringContaining('gold out-of-memory') });
  });

  it('rejects where the gold patch does not pass as an answer', async () => {
    const [states, narrowed] = [7, 1];
    const acts = { 'toy test': onRun([states + narrowed + 1], () => ({ end: 'timed-out' as const })) };

    const { outcome, artifacts } = await validate({ acts });

    expect(outcome).toMatchObject({ reason: 'gold-not-accepted', detail: expect.stringContaining('run-ended') });
    expect(artifacts.text(`${folder}/logs/control-gold.txt`)).toBeTypeOf('string');
  });

  it('says so where the machine no longer has the image, which is no reason against the candidate', async () => {
    await expect(validate({ isImageGone: true })).rejects.toMatchObject({
      boundary: 'container',
      message: expect.stringMatching(/no image envmint\/acme__widgets-12:\w+: build it again/),
    });
  });

  it('refuses to judge what another stack has built', async () => {
    const over = { stacks: [] };

    await expect(validate({ over })).rejects.toThrow('no stack toy');
  });

  it('has another key for other settings', () => {
    const ref = { id: 'a', image: 'b', path: 'c', candidatePath: 'd', hash: 'e' };
    const needs = { stacks: [], scope: 'package', repeats: 3, policy: strict } as unknown as ValidateNeeds;
    const keyOf = (over: Partial<ValidateNeeds>) => createValidateStage({ ...needs, ...over }).key(ref);
    const others: Partial<ValidateNeeds>[] = [
      { scope: 'all' },
      { repeats: 5 },
      { policy: { ...strict, passToSkip: 'keep' } },
    ];

    expect(new Set([{}, ...others].map(keyOf)).size).toBe(4);
  });
});
