import { join } from 'node:path';
import { openJsonlLedger } from '../../adapters/ledger/index.ts';
import { openRunFolder, type RunFolder } from '../../adapters/run-folder/index.ts';
import type { CandidateRef } from '../../domain/candidate.ts';
import type { RunConfig } from '../../domain/run.ts';
import type { Summary } from '../../domain/summary.ts';
import { createEvents } from '../../pipeline/events.ts';
import { type Flow, startWith } from '../../pipeline/flow.ts';
import { type PipelineNeeds, runPipeline } from '../../pipeline/run-pipeline.ts';
import type { RunEvent } from '../../ports/events.ts';
import type { PullRequestRef } from '../../ports/hub.ts';
import type { Screen } from '../../ports/screen.ts';
import {
  type Comparison,
  createDistinctStage,
  createJudgeStage,
  findTwins,
  type Judged,
  readCandidate,
} from '../../stages/judge/index.ts';
import { createMineStage, type MineNeeds } from '../../stages/mine/index.ts';
import type { CliDeps } from '../deps.ts';
import { openEventLog } from '../event-log.ts';
import { type ExitCode, exitOfSummary } from '../exit.ts';
import type { RunOptions } from '../options.ts';
import { createRenderer } from '../render.ts';
import { writeCandidates } from './write-candidates.ts';

export interface MineRun {
  readonly config: RunConfig;
  readonly runId: string;
  readonly needs: MineNeeds & { readonly screen: Screen };
  readonly refs: AsyncIterable<PullRequestRef>;
  /** From which similarity on two problem statements are one. */
  readonly nearDuplicate: number;
}

const retry = { attempts: 3, delayMs: 500 };

/** Mines, judges, and then, once all are known, drops what repeats another; writes candidates.jsonl into the run's folder. */
export async function runMine(run: MineRun, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const { clock, signal } = deps;
  const folder = await openRunFolder({ out: options.out, runId: run.runId }, run.config);
  await using ledger = await openJsonlLedger(folder.ledgerPath);
  await folder.sweep();
  deps.stderr.write(`run folder ${folder.path}${ledger.size > 0 ? `, resumed with ${ledger.size} outcomes` : ''}\n`);
  await using log = openEventLog(folder.eventsPath);
  const render = createRenderer({ ...deps, isJson: options.json });
  // A run of two passes has one summary: theirs are held back.
  const shown = (listener: (event: RunEvent) => void) => (event: RunEvent) => {
    if (event.type !== 'summary') listener(event);
  };
  let replayed = 0;
  const count = (event: RunEvent) => {
    if (event.type === 'item' && event.isReplayed) replayed++;
  };
  const events = createEvents(shown(log.listen), shown(render), count);
  const needs = { ledger, clock, events, retry, concurrency: options.jobs, retryFailed: options.retryFailed };

  const startMs = clock.now();
  const summary = await runPasses(run, folder, { needs, signal });
  await folder.writeSummary(summary);
  const said: RunEvent = { type: 'summary', summary, replayed, ms: clock.now() - startMs };
  log.listen(said);
  render(said);
  return exitOfSummary(summary);
}

interface Passes {
  readonly needs: PipelineNeeds;
  readonly signal: AbortSignal;
}

async function runPasses(run: MineRun, folder: RunFolder, { needs, signal }: Passes): Promise<Summary> {
  const judged: Judged[] = [];
  const first = await runPipeline({ flow: firstFlow(run, folder, judged), inputs: run.refs }, needs, signal);
  const ended = { ...first, stages: withoutNone(first.stages) };
  if (first.state !== 'done') return ended;
  const inputs = await unlessAborted(compareAll(run, folder, { judged, signal }), signal);
  if (inputs === undefined) return { ...ended, state: 'interrupted' };
  const kept: CandidateRef[] = [];
  // What this last stage gives is taken by a stage that gets nothing.
  const flow = startWith(createDistinctStage()).into(noStage, (ref) => {
    kept.push(ref);
    return [];
  });
  const second = await runPipeline({ flow, inputs }, { ...needs, total: inputs.length }, signal);
  if (second.state === 'done') await writeCandidates(join(folder.path, 'candidates.jsonl'), folder, kept);
  return { v: 1, state: second.state, stages: [...ended.stages, ...withoutNone(second.stages)] };
}

function withoutNone(stages: Summary['stages']): Summary['stages'] {
  return stages.filter(({ stage }) => stage !== noStage.name);
}

/** Undefined where the signal ended it: what the first pass did is worth a summary. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}

const noStage = {
  name: 'none',
  version: '1',
  key: () => '',
  work: async () => ({ kind: 'rejected', reason: 'none' }) as const,
};

function firstFlow({ needs, refs: _ }: MineRun, folder: RunFolder, judged: Judged[]): Flow<PullRequestRef, unknown> {
  const { artifacts } = folder;
  return startWith(createMineStage({ ...needs, artifacts }))
    .into(createJudgeStage({ artifacts, screen: needs.screen }), (ref) => [ref])
    .into(noStage, (one: Judged) => {
      judged.push(one);
      return [];
    });
}

async function compareAll(
  { nearDuplicate }: MineRun,
  { artifacts }: RunFolder,
  { judged, signal }: { readonly judged: readonly Judged[]; readonly signal: AbortSignal },
): Promise<Comparison[]> {
  const readStatement = async (one: Judged) => (await readCandidate(artifacts, one)).problemStatement;
  const twins = await findTwins(judged, { threshold: nearDuplicate, readStatement }, signal);
  return judged.map((one, index) => ({ judged: one, twin: twins[index] ?? null }));
}
