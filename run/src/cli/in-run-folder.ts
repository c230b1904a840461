import { openJsonlLedger } from '../adapters/ledger/index.ts';
import { openRunFolder, type RunFolder } from '../adapters/run-folder/index.ts';
import { defaultRunId, type RunConfig } from '../domain/run.ts';
import type { Summary } from '../domain/summary.ts';
import { createEvents } from '../pipeline/events.ts';
import type { PipelineNeeds } from '../pipeline/run-pipeline.ts';
import type { RunEvent } from '../ports/events.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { CliDeps } from './deps.ts';
import { openEventLog } from './event-log.ts';
import { type ExitCode, exitOfSummary } from './exit.ts';
import type { RunOptions } from './options.ts';
import { createRenderer } from './render.ts';

export interface RunWork {
  /** All that decides the bytes of the run. */
  readonly config: RunConfig;
  /** Works all inputs. The last summary that its events tell is written beside the ledger, also where it throws. */
  work(folder: RunFolder, needs: PipelineNeeds): Promise<Summary>;
}

const retry = { attempts: 3, delayMs: 500 };

/** Opens the folder of a run, new or to be resumed, and shows and records what happens in it. */
export async function inRunFolder({ config, work }: RunWork, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const folder = await openRunFolder({ out: options.out, runId: options.runId ?? defaultRunId(config) }, config);
  await using ledger = await openJsonlLedger(folder.ledgerPath);
  await folder.sweep();
  sayOpening(ledger, folder, deps);
  await using log = openEventLog(folder.eventsPath);
  let summary: Summary | undefined;
  const keepSummary = (event: RunEvent) => {
    if (event.type === 'summary') summary = event.summary;
  };
  const events = createEvents(log.listen, keepSummary, createRenderer({ ...deps, isJson: options.json }));
  const { jobs: concurrency, retryFailed } = options;
  try {
    return exitOfSummary(await work(folder, { ledger, clock: deps.clock, events, retry, concurrency, retryFailed }));
  } finally {
    if (summary) await folder.writeSummary(summary);
  }
}

function sayOpening(ledger: Ledger, folder: RunFolder, { stderr }: CliDeps): void {
  const resumed = ledger.size > 0 ? `, resumed with ${ledger.size} outcomes` : '';
  stderr.write(`run folder ${folder.path}${resumed}\n`);
  if (ledger.skippedLines > 0) {
    stderr.write(`${folder.ledgerPath}: ${ledger.skippedLines} torn or unknown lines; their work is done again\n`);
  }
}
