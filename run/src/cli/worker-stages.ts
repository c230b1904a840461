import { z } from 'zod';
import { bundleSolver } from '../adapters/esbuild/index.ts';
import type { StageRegistry } from '../adapters/fork/index.ts';
import { createFolderArtifacts } from '../adapters/run-folder/index.ts';
import { createAuditStage } from '../stages/audit/index.ts';
import { createInspectStage } from '../stages/audit/inspect.ts';
import { createSynthesizeStage } from '../stages/synthesize/index.ts';
import { createOfflineNeeds } from './audit-needs.ts';
import { packs } from './packs.ts';

/** What a worker process needs to know, as plain data. */
export const WorkerSetup = z.object({ itemsPath: z.string(), python: z.string() });
export type WorkerSetup = z.infer<typeof WorkerSetup>;

/** The stages that worker processes can work, by name, made once in each process. `setup` is what `Batch.workerSetup` gave. */
export async function createWorkerStages(setup: unknown): Promise<StageRegistry> {
  const { itemsPath, python } = WorkerSetup.parse(setup);
  const needs = createOfflineNeeds(createFolderArtifacts(itemsPath), itemsPath, python);
  const synthesize = createSynthesizeStage({ ...needs, packs, program: await bundleSolver() });
  const stages = [synthesize, createAuditStage(needs), createInspectStage(needs)];
  return new Map<string, (typeof stages)[number]>(stages.map((stage) => [stage.name, stage]));
}
