import { BoundaryError } from '../domain/boundary.ts';
import type { TestReport } from '../domain/junit.ts';
import { type Recipe, type Scope, TESTBED } from '../domain/recipe.ts';
import type { MeasuredRun } from '../domain/test-run.ts';
import { readReports } from '../engine/junit/read-reports.ts';
import type { Container, ContainerRuntime, Limits } from '../ports/container-runtime.ts';
import type { Overlay } from './stack.ts';
import { packFiles, readFiles } from './tar.ts';

export interface TestBed {
  readonly runtime: ContainerRuntime;
  readonly limits: Limits;
  readonly timeoutMs: number;
  /** A word that nobody can know before the run: part of the place of the reports. */
  nonce(): string;
  /** True or false with the same probability, as nobody can know before. */
  toss(): boolean;
  now(): number;
  /** Calls it once there is room for one more container at work: all instances share the same room. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** What is laid over the tree of the base commit, in this order. */
export interface Laying {
  readonly patches: readonly string[];
  /** After the patches: files whole, or taken away. */
  readonly overlay?: Overlay;
}

export interface TestCommand {
  /** The instance image. */
  readonly image: string;
  readonly recipe: Recipe;
  readonly scope: Scope;
  readonly laying: Laying;
  /** Paths of canary tests. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: { write(chunk: Uint8Array): void };
}

export type TestOutcome =
  | { readonly kind: 'ran'; readonly run: MeasuredRun }
  /** `patch` is the index of the one that git refused. */
  | { readonly kind: 'patch-refused'; readonly patch: number; readonly message: string };

const maxReportBytes = 256 * 2 ** 20;
const maxOutputBytes = 256 * 2 ** 20;

/** Runs tests in a fresh container without network once it is their turn, and reads what they report. */
export function runTests(bed: TestBed, command: TestCommand, signal: AbortSignal): Promise<TestOutcome> {
  return bed.inTurn(() => runNow(bed, command, signal));
}

async function runNow(bed: TestBed, command: TestCommand, signal: AbortSignal): Promise<TestOutcome> {
  const { recipe, image } = command;
  const startMs = bed.now();
  await using container = await bed.runtime.start(
    { image, network: 'none', limits: bed.limits, labels: {}, env: recipe.env, privileges: 'test' },
    signal,
  );
  const place = `/tmp/envmint-${bed.nonce()}`;
  const refused = await lay(container, { ...command.laying, place }, signal);
  if (refused) return refused;
  const reports = `${place}/reports`;
  const result = await container.exec(
    {
      script: recipe.test[command.scope],
      args: command.args ?? [],
      folder: folderOf(recipe),
      env: { ...command.env, ENVMINT_REPORTS: reports },
      timeoutMs: bed.timeoutMs,
      outputBytes: maxOutputBytes,
      ...(command.log && { log: command.log }),
    },
    signal,
  );
  const found = result.end === 'exited' ? await collect(container, reports, signal) : [];
  const files = found ?? [];
  const report = found === undefined ? tooLarge : readReports(files);
  const reportBytes = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  const { end, exitCode } = result;
  return { kind: 'ran', run: { scope: command.scope, end, exitCode, ms: bed.now() - startMs, reportBytes, report } };
}

/** The recipe's folder in a container. */
export function folderOf({ folder }: Pick<Recipe, 'folder'>): string {
  return folder === '' ? TESTBED : `${TESTBED}/${folder}`;
}

interface Place extends Laying {
  readonly place: string;
}

/** In one command, since each costs some tens of milliseconds. */
async function lay(
  container: Container,
  { patches, overlay = {}, place }: Place,
  signal: AbortSignal,
): Promise<Extract<TestOutcome, { kind: 'patch-refused' }> | undefined> {
  const files = Object.entries(overlay);
  const at = (name: string) => `${place.slice('/tmp/'.length)}/${name}`;
  const laid = files.flatMap(([path, text]) => (text === null ? [] : [[at(`tree/${path}`), text] as const]));
  const diffs = patches.map((patch, index) => [at(`${index}.patch`), patch] as const);
  const removed = files.filter(([, text]) => text === null).map(([path]) => path);
  await container.upload(await packFiles([[at('reports/'), ''], [at('tree/'), ''], ...diffs, ...laid]), '/tmp', signal);
  const applying = patches.map((patch, index) =>
    patch === '' ? '' : `${apply} ${place}/${index}.patch || exit ${FIRST_REFUSAL + index}`,
  );
  const script = [...applying, 'rm -rf -- "$@"', `cp -a ${place}/tree/. .`, `rm -rf ${place}/tree ${place}/*.patch`];
  const options = { folder: TESTBED, timeoutMs: 300_000, outputBytes: 2 ** 20 };
  const result = await container.exec({ ...options, script: script.join('\n'), args: removed }, signal);
  if (result.exitCode === 0) return undefined;
  if (result.end !== 'exited') {
    throw new BoundaryError('container', `lay patches: ${result.end}: ${result.tail.trim()}`, { retryable: true });
  }
  // A path that cannot be written is as good as refused: the last patch is the answer's, or the tests' over it.
  const patch = (result.exitCode ?? 0) - FIRST_REFUSAL;
  return { kind: 'patch-refused', patch: patch >= 0 ? patch : patches.length - 1, message: result.tail.trim() };
}

const apply = 'git -c core.autocrlf=false -c core.safecrlf=false apply --whitespace=nowarn';
const FIRST_REFUSAL = 100;

const tooLarge: TestReport = {
  tests: [],
  problems: [{ kind: 'hostile', detail: `the reports have more than ${maxReportBytes} bytes` }],
};

async function collect(container: Container, folder: string, signal: AbortSignal) {
  // Read here as far as is good: what is too large says something about the run, and nothing about the engine.
  const tar = await container.download(folder, Number.MAX_SAFE_INTEGER, signal);
  if (tar === undefined) return [];
  return (await readFiles(tar, maxReportBytes))?.filter(({ name }) => name.endsWith('.xml'));
}
