import type { RunFolder } from '../../adapters/run-folder/index.ts';
import type { RunConfig } from '../../domain/run.ts';
import type { Stage } from '../../domain/stage.ts';
import { startWith } from '../../pipeline/flow.ts';
import { type PipelineNeeds, runPipeline } from '../../pipeline/run-pipeline.ts';
import { compareText } from '../../util/canonical-json.ts';
import type { CliDeps } from '../deps.ts';
import type { ExitCode } from '../exit.ts';
import { inRunFolder } from '../in-run-folder.ts';
import type { RunOptions } from '../options.ts';

export interface StageBatch<I, O> {
  readonly config: RunConfig;
  readonly inputs: readonly I[];
  stage(folder: RunFolder): Stage<I, O>;
  /** Writes what all kept items are together, in the order of their ids; called once the run is done. */
  finish(folder: RunFolder, kept: readonly O[]): Promise<void>;
}

const retry = { attempts: 3, delayMs: 5000 };

/** Runs or resumes one stage that waits more than it computes, in this process. */
export async function runStage<I, O extends { readonly id: string }>(
  { config, inputs, stage, finish }: StageBatch<I, O>,
  options: RunOptions,
  deps: CliDeps,
): Promise<ExitCode> {
  const work = async (folder: RunFolder, needs: PipelineNeeds) => {
    const kept: O[] = [];
    const flow = startWith(stage(folder)).collect(kept);
    const summary = await runPipeline({ flow, inputs }, { ...needs, retry, total: inputs.length }, deps.signal);
    if (summary.state === 'done') {
      await finish(
        folder,
        kept.toSorted((a, b) => compareText(a.id, b.id)),
      );
    }
    return summary;
  };
  return await inRunFolder({ config, work }, options, deps);
}
