import type { Summary } from '../domain/summary.ts';
import type { Chain } from './flow.ts';
import { runStage, type StageNeeds, type StageRun } from './run-stage.ts';

export interface PipelineNeeds extends Omit<StageNeeds, 'onBroken'> {
  /** How many inputs there are, where that is known. */
  readonly total?: number | undefined;
}

interface Work<I> {
  readonly flow: Chain<I>;
  /** Pulled as there is room. A source that waits for something watches the signal itself. */
  readonly inputs: Iterable<I> | AsyncIterable<I>;
}

/**
 * Takes every input through the stages of `flow`. Returns once nothing is running, also after an abort.
 * Throws a bug, or the BoundaryError('disk') that stopped the run, after the summary event.
 */
export async function runPipeline<I>(work: Work<I>, needs: PipelineNeeds, signal: AbortSignal): Promise<Summary> {
  const startMs = needs.clock.now();
  const broken = new AbortController();
  const errors: unknown[] = [];
  const onBroken = (error: unknown) => {
    errors.push(error);
    broken.abort(error);
  };
  const runs = await workAll(work, { ...needs, onBroken }, AbortSignal.any([signal, broken.signal]));

  const state = errors.length > 0 ? 'broken' : signal.aborted ? 'interrupted' : 'done';
  const summary: Summary = { v: 1, state, stages: runs.map((run) => run.summary()) };
  const replayed = runs.reduce((sum, run) => sum + run.replayed(), 0);
  needs.events.emit({ type: 'summary', summary, replayed, ms: needs.clock.now() - startMs });
  if (errors.length > 0) throw errors[0];
  return summary;
}

type ChainNeeds = StageNeeds & Pick<PipelineNeeds, 'total'>;

async function workAll<I>({ flow, inputs }: Work<I>, needs: ChainNeeds, signal: AbortSignal) {
  for (const [index, { stage }] of flow.links.entries()) {
    const total = index === 0 ? needs.total : undefined;
    needs.events.emit({ type: 'stage-started', stage: stage.name, version: stage.version, total });
  }
  const runs = chain(flow, needs, signal);
  try {
    for await (const input of inputs) {
      if (signal.aborted) break;
      await runs[0]?.push(input);
    }
  } catch (error) {
    if (!signal.aborted) needs.onBroken(error);
  }
  // A stage that is idle has handed on all it kept: so the next one gets nothing more, and can be waited for.
  for (const run of runs) await run.finish();
  return runs;
}

/** The stages at work, each feeding the next, in the order of the flow. */
function chain<I>(flow: Chain<I>, needs: ChainNeeds, signal: AbortSignal) {
  const runs: StageRun<unknown>[] = [];
  for (const [index, { stage, spread }] of [...flow.links.entries()].reverse()) {
    const following = runs[0];
    const next = async (output: unknown): Promise<void> => {
      for (const input of spread(output)) await following?.push(input);
    };
    runs.unshift(runStage({ stage, next, total: index === 0 ? needs.total : undefined }, needs, signal));
  }
  return runs;
}
