import type { StageRegistry } from '../adapters/fork/index.ts';

/** The stages that worker processes can work, by name, made once in each process. `setup` is what `Batch.workerSetup` gave. */
export async function createWorkerStages(_setup: unknown): Promise<StageRegistry> {
  return new Map();
}
