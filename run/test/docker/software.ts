import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFixtureDump } from '../../scripts/software-fixtures.ts';
import { systemClock } from '../../src/adapters/clock/index.ts';
import { envmint, type Said } from '../fakes/cli.ts';

export const fixtures = join(import.meta.dirname, '../../fixtures/software');

const bundle = process.env.NODE_EXTRA_CA_CERTS ?? process.env.SSL_CERT_FILE;

/** A folder of runs on fixtures, and the arguments of the commands that work in it. */
export interface Software extends AsyncDisposable {
  run(...argv: readonly string[]): Promise<Said>;
  /** Of a run and what is in it. */
  path(...parts: readonly string[]): string;
  mine(runId: string): string[];
  build(from: string, runId: string): string[];
  validate(from: string, runId: string): string[];
}

export async function openSoftware(names: readonly string[]): Promise<Software> {
  const root = await mkdtemp(join(tmpdir(), 'envmint-software-'));
  const dump = join(root, 'dump');
  await makeFixtureDump(fixtures, dump, names);
  const { PATH, HOME, DOCKER_HOST } = process.env;
  const path = (...parts: readonly string[]) => join(root, 'runs', ...parts);
  const places = (runId: string) =>
    ['--dump', dump, '--run-id', runId, '--out', path(), '--cache', join(root, 'cache')] as const;
  return {
    run: (...argv) => envmint(argv, { env: { PATH, HOME, DOCKER_HOST }, clock: systemClock }),
    path,
    mine: (runId) => ['mine', ...places(runId)],
    build: (from, runId) => ['build', path(from), ...places(runId), ...(bundle ? ['--ca-bundle', bundle] : [])],
    validate: (from, runId) => ['validate', path(from), ...places(runId)],
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
