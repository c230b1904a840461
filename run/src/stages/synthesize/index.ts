import { z } from 'zod';
import { ENGINE } from '../../domain/engine.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Stage } from '../../domain/stage.ts';
import { Level } from '../../domain/task.ts';
import { FULL_EFFORT } from '../../engine/measure/difficulty.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { WorldStore } from '../../ports/world-store.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { createRng } from '../../util/rng.ts';
import { renderSolution } from './emit/solution.ts';
import { emitTask } from './emit/task.ts';
import { climb, type Rung } from './harden/ladder.ts';
import type { DomainPack } from './pack.ts';

/** One environment that is to be made. The same order gives the same bytes. */
export const EnvironmentOrder = z.object({
  domain: z.string(),
  index: z.int(),
  seed: z.string(),
  levels: z.array(Level).min(1),
});
export type EnvironmentOrder = z.infer<typeof EnvironmentOrder>;

/** A rung of the ladder: a task folder with the hash of its files, or why there is none. */
export const RungOutput = z.object({
  environment: z.string(),
  level: Level,
  task: z.string().optional(),
  hash: z.string().optional(),
  reason: z.string().optional(),
});
export type RungOutput = z.infer<typeof RungOutput>;
export const SynthesizeOutput = z.object({ environment: z.string(), rungs: z.array(RungOutput) });
export type SynthesizeOutput = z.infer<typeof SynthesizeOutput>;

export interface SynthesizeNeeds {
  readonly packs: ReadonlyMap<string, DomainPack>;
  readonly worlds: WorldStore;
  readonly artifacts: Artifacts;
  /** The solver's text, for solution.js. */
  readonly program: string;
  /** Texts of the verifiers that stand in every task's folder, by file name. */
  readonly verifiers: Readonly<Record<string, string>>;
}

/** Makes a world and a ladder of tasks in it: `<environment>/{world.sqlite, environment.json, candidates/<task>/}`. */
export function createSynthesizeStage(needs: SynthesizeNeeds): Stage<EnvironmentOrder, SynthesizeOutput> {
  return {
    name: 'synthesize',
    version: ENGINE,
    key: (order) => contentHash(order),
    label: environmentId,
    output: SynthesizeOutput,
    async work(order, signal) {
      const pack = needs.packs.get(order.domain);
      if (!pack) throw new Error(`no domain pack ${order.domain}`);
      const rng = createRng(`${order.seed}/${order.domain}/${order.index}`);
      const world = pack.createWorld(rng.fork('world'));
      const bytes = needs.worlds.encode(world);
      using opened = needs.worlds.open(bytes);
      const environment = toEnvironment(pack, order, opened.hash);
      const rungs = climb({ pack, world }, order.levels, rng.fork('ladder'));
      signal.throwIfAborted();
      await needs.artifacts.writeFile(`${environment.id}/world.sqlite`, bytes);
      await needs.artifacts.writeFile(
        `${environment.id}/environment.json`,
        `${JSON.stringify(environment, null, 1)}\n`,
      );
      const outputs: RungOutput[] = [];
      for (const rung of rungs)
        outputs.push(await writeRung(rung, { environment, parent: lastTask(outputs), seed: order.seed }, needs));
      return { kind: 'kept', output: { environment: environment.id, rungs: outputs } };
    },
  };
}

export function environmentId({ domain, index, seed }: EnvironmentOrder): string {
  return `${domain}-${contentHash({ domain, index, seed }).slice(0, 8)}`;
}

const lastTask = (rungs: readonly RungOutput[]): string | null =>
  rungs.findLast((rung) => rung.task !== undefined)?.task ?? null;

interface RungContext {
  readonly environment: Environment;
  readonly parent: string | null;
  readonly seed: string;
}

async function writeRung(
  rung: Rung,
  { environment, parent, seed }: RungContext,
  { artifacts, program, verifiers }: SynthesizeNeeds,
): Promise<RungOutput> {
  const { level } = rung;
  if ('reason' in rung) return { environment: environment.id, level, reason: rung.reason };
  const rng = createRng(`${seed}/${environment.id}/emit/${level}`);
  const emitted = emitTask(rung.draft, { environment, engine: ENGINE, parent, effort: FULL_EFFORT, rng });
  if (!emitted) return { environment: environment.id, level, reason: 'not-solved' };
  const { task, brief, hints } = emitted;
  const files = {
    'task.json': `${JSON.stringify(task, null, 1)}\n`,
    'solution.js': renderSolution(task.id, program, brief),
    ...verifiers,
  };
  await artifacts.writeFolder(`${environment.id}/candidates/${task.id}`, {
    ...files,
    'hints.json': JSON.stringify(hints),
  });
  return { environment: environment.id, level, task: task.id, hash: contentHash(files) };
}

function toEnvironment(pack: DomainPack, order: EnvironmentOrder, hash: string): Environment {
  return {
    format: 'envmint.environment/1',
    id: environmentId(order),
    domain: pack.name,
    domainVersion: pack.version,
    engine: ENGINE,
    seed: `${order.seed}/${order.domain}/${order.index}`,
    world: hash,
    tables: [...pack.tables],
    tools: [...pack.tools],
    provenance: [...pack.provenance],
  };
}
