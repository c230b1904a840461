import { join } from 'node:path';
import type { RunFolder } from '../../adapters/run-folder/index.ts';
import type { CandidateRef } from '../../domain/candidate.ts';
import type { RunConfig } from '../../domain/run.ts';
import type { Summary } from '../../domain/summary.ts';
import { createEvents } from '../../pipeline/events.ts';
import { startWith } from '../../pipeline/flow.ts';
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
import { compareText } from '../../util/canonical-json.ts';
import type { CliDeps } from '../deps.ts';
import type { ExitCode } from '../exit.ts';
import { inRunFolder } from '../in-run-folder.ts';
import type { RunOptions } from '../options.ts';
import { readAll, writeLines } from '../write-lines.ts';

export interface MineRun {
  readonly config: RunConfig;
  readonly needs: MineNeeds & { readonly screen: Screen };
  readonly refs: AsyncIterable<PullRequestRef>;
  /** From which similarity on two problem statements are one. */
  readonly nearDuplicate: number;
}

/** Mines, judges, and then, once all are known, drops what repeats another; writes candidates.jsonl into the run's folder. */
export async function runMine(run: MineRun, options: RunOptions, deps: CliDeps): Promise<ExitCode> {
  const { clock, signal } = deps;
  const work = async (folder: RunFolder, needs: PipelineNeeds) => {
    let replayed = 0;
    // A run of two passes has one summary: theirs are held back.
    const tell = (event: RunEvent) => {
      if (event.type === 'item' && event.isReplayed) replayed++;
      if (event.type !== 'summary') needs.events.emit(event);
    };
    const startMs = clock.now();
    const summary = await runPasses(run, folder, { needs: { ...needs, events: createEvents(tell) }, signal });
    needs.events.emit({ type: 'summary', summary, replayed, ms: clock.now() - startMs });
    return summary;
  };
  return await inRunFolder({ config: run.config, work }, options, deps);
}

interface Passes {
  readonly needs: PipelineNeeds;
  readonly signal: AbortSignal;
}

async function runPasses(run: MineRun, folder: RunFolder, { needs, signal }: Passes): Promise<Summary> {
  const { artifacts } = folder;
  const judged: Judged[] = [];
  const firstFlow = startWith(createMineStage({ ...run.needs, artifacts }))
    .into(createJudgeStage({ artifacts, screen: run.needs.screen }), (ref) => [ref])
    .collect(judged);
  const first = await runPipeline({ flow: firstFlow, inputs: run.refs }, needs, signal);
  if (first.state !== 'done') return first;
  const inputs = await unlessAborted(compareAll(run, folder, { judged, signal }), signal);
  if (inputs === undefined) return { ...first, state: 'interrupted' };
  const kept: CandidateRef[] = [];
  const flow = startWith(createDistinctStage()).collect(kept);
  const second = await runPipeline({ flow, inputs }, { ...needs, total: inputs.length }, signal);
  if (second.state === 'done') await writeCandidates(folder, kept);
  return { v: 1, state: second.state, stages: [...first.stages, ...second.stages] };
}

/** One candidate a line, by repository and number. */
async function writeCandidates({ path, artifacts }: RunFolder, refs: readonly CandidateRef[]): Promise<void> {
  const sorted = refs.toSorted((a, b) => compareText(a.repository, b.repository) || a.number - b.number);
  await writeLines(join(path, 'candidates.jsonl'), readAll(artifacts, sorted));
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

async function compareAll(
  { nearDuplicate }: MineRun,
  { artifacts }: RunFolder,
  { judged, signal }: { readonly judged: readonly Judged[]; readonly signal: AbortSignal },
): Promise<Comparison[]> {
  const readStatement = async (one: Judged) => (await readCandidate(artifacts, one)).problemStatement;
  const twins = await findTwins(judged, { threshold: nearDuplicate, readStatement }, signal);
  return judged.map((one, index) => ({ judged: one, twin: twins[index] ?? null }));
}
