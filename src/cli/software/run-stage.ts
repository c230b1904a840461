import { openJsonlLedger } from '../../adapters/ledger/index.ts';
import { openRunFolder, type RunFolder } from '../../adapters/run-folder/index.ts';
import { defaultRunId, type RunConfig } from '../../domain/run.ts';
import type { Stage } from '../../domain/stage.ts';
import { createEvents } from '../../pipeline/events.ts';
import { startWith } from '../../pipeline/flow.ts';
import { runPipeline } from '../../pipeline/run-pipeline.ts';
import type { RunEvent } from '../../ports/events.ts';
import { collect, withoutSink } from '../collect.ts';
import type { CliDeps } from '../deps.ts';
import { openEventLog } from '../event-log.ts';
import { type ExitCode, exitOfSummary } from '../exit.ts';
import type { RunOptions } from '../options.ts';
import { createRenderer } from '../render.ts';

export interface StageBatch<I, O> {
  readonly config: RunConfig;
  readonly inputs: readonly I[];
  stage(folder: RunFolder): Stage<I, O>;
  /** Writes what all kept items are together; called once the run is done. */
  finish(folder: RunFolder, kept: readonly O[]): Promise<void>;
}

const retry = { attempts: 3, delayMs: 5000 };

/** Runs or resumes one stage that waits more than it computes, in this process. */
export async function runStage<I, O>(batch: StageBatch<I, O>, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const { clock, signal } = deps;
  const runId = options.runId ?? defaultRunId(batch.config);
  const folder = await openRunFolder({ out: options.out, runId }, batch.config);
  await using ledger = await openJsonlLedger(folder.ledgerPath);
  await folder.sweep();
  deps.stderr.write(`run folder ${folder.path}${ledger.size > 0 ? `, resumed with ${ledger.size} outcomes` : ''}\n`);
  await using log = openEventLog(folder.eventsPath);
  const render = createRenderer({ ...deps, isJson: options.json });
  const shown = (listener: (event: RunEvent) => void) => (event: RunEvent) =>
    listener(event.type === 'summary' ? { ...event, summary: withoutSink(event.summary) } : event);
  const events = createEvents(shown(log.listen), shown(render));
  const kept: O[] = [];
  const flow = collect(startWith(batch.stage(folder)), kept);
  const { jobs: concurrency, retryFailed } = options;
  const needs = { ledger, clock, events, retry, concurrency, retryFailed, total: batch.inputs.length };
  const summary = withoutSink(await runPipeline({ flow, inputs: batch.inputs }, needs, signal));
  await folder.writeSummary(summary);
  if (summary.state === 'done') await batch.finish(folder, kept);
  return exitOfSummary(summary);
}
