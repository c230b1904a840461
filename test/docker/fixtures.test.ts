import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDockerRuntime } from '../../src/adapters/dockerode/index.ts';
import { CONTROLS, Instance } from '../../src/domain/instance.ts';
import { clockEnv } from '../../src/stages/validate/probes.ts';
import { toCommand, toOptions } from '../contract/container-runtime.ts';
import { hasEngine, listContainers } from './engine.ts';
import { fixtures, openSoftware, type Software } from './software.ts';

/** All, or those that ENVMINT_FIXTURES names with commas between them. */
const names = process.env.ENVMINT_FIXTURES?.split(',') ?? (await readdir(fixtures));
const hour = 3_600_000;

let software: Software;
beforeAll(async () => {
  software = await openSoftware(names);
});
afterAll(() => software[Symbol.asyncDispose]());

describe.skipIf(!(await hasEngine()))('mine, build and validate on the fixtures', () => {
  it(
    'keeps every fixture of every language, with all controls at 0',
    async () => {
      const { run, path } = software;
      await run(...software.mine('mined'));
      const built = await run(...software.build('mined', 'images'));
      const proven = await run(...software.validate('images', 'proven'));
      const lines = (await readFile(path('proven', 'instances.jsonl'), 'utf8')).trimEnd().split('\n');
      const instances = lines.map((line) => Instance.parse(JSON.parse(line)));
      const found = instances.map(({ candidate }) => candidate.repository.replace('envmint-fixtures/', '')).sort();

      expect(found, `${built.stdout}${built.stderr}\n${proven.stdout}${proven.stderr}`).toEqual([...names].sort());
      for (const { id, controls, negation, transitions } of instances) {
        const passing = controls.filter(({ control, score }) => score === 1 && control !== 'gold-less-hunk');
        expect(passing.map(({ control }) => [id, control])).toEqual([[id, 'gold']]);
        const seen = new Set(controls.map(({ control }) => control));
        expect(CONTROLS.filter((one) => one !== 'gold-less-hunk' && !seen.has(one))).toEqual([]);
        expect(transitions.failToPass.length).toBeGreaterThan(0);
        expect(transitions.passToFail).toEqual([]);
        const failToPass = transitions.failToPass.map(({ id }) => id);
        expect([id, failToPass]).toEqual([id, expect.arrayContaining(negation?.failing ?? ['none'])]);
      }
      expect({ built: built.code, proven: proven.code }).toEqual({ built: 0, proven: 0 });
      expect(await listContainers(`build-${process.pid}`)).toEqual([]);
      expect(await listContainers(`validate-${process.pid}`)).toEqual([]);
    },
    hour,
  );

  it('shifts the clock of what is run under another one', async () => {
    const lines = (await readFile(software.path('proven', 'instances.jsonl'), 'utf8')).trimEnd().split('\n');
    const images = new Map(
      lines.map((line) => Instance.parse(JSON.parse(line)).build).map(({ recipe, image }) => [recipe.suite, image]),
    );
    const runtime = createDockerRuntime({ run: `clock-${process.pid}`, host: process.env.DOCKER_HOST });
    const signal = new AbortController().signal;
    for (const [suite, image] of images) {
      await using container = await runtime.start(toOptions({ image }), signal);
      const { exitCode, tail } = await container.exec(toCommand('date +%s%z', { env: clockEnv }), signal);
      const [, seconds, zone] = /^(\d+)(\+\d+)$/m.exec(tail) ?? [];
      const days = (Number(seconds) - Date.now() / 1000) / 86_400;

      expect({ suite, exitCode, days: Math.round(days), zone, tail }).toMatchObject({
        ...{ suite, exitCode: 0, days: 183, zone: expect.stringMatching(/^\+1[23]45$/) },
        tail: expect.not.stringContaining('ERROR'),
      });
    }
  });

  it(
    'grades the gold patch as a pass and an empty one as a failure',
    async () => {
      const { run, path } = software;
      const first = (await readdir(path('proven', 'items'))).find((name) => name.startsWith('envmint-fixtures__'));
      const instance = path('proven', 'items', first ?? '');

      const gold = await run('grade', instance, '--gold', '--json');
      const empty = await run('grade', instance, '--empty', '--json');

      expect({ gold: gold.stderr, empty: empty.stderr }).toEqual({ gold: '', empty: '' });
      expect(JSON.parse(gold.stdout)).toMatchObject({ verdict: 'pass', score: 1 });
      expect(JSON.parse(empty.stdout)).toMatchObject({ verdict: 'fail', score: 0, reasons: ['fail-to-pass'] });
    },
    hour,
  );
});
