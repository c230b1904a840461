import { stripVTControlCharacters } from 'node:util';
import { type Summary, total as sumOf } from '../domain/summary.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress, RunEvent } from '../ports/events.ts';
import type { TextOutput } from './deps.ts';

interface RenderNeeds {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly clock: Clock;
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  readonly isJson: boolean;
}

type Listener = (event: RunEvent) => void;

/** What a person or a program sees of a run: progress on standard error, the funnel on standard output; as JSON, all events there. */
export function createRenderer(needs: RenderNeeds): Listener {
  if (needs.isJson) return renderJson(needs);
  return needs.columns === undefined ? renderPlain(needs) : renderLive(needs, needs.columns);
}

function renderJson({ stdout, clock }: RenderNeeds): Listener {
  const isDue = createThrottle(clock, 1000);
  return (event) => {
    if (event.type === 'progress' && !isDue(event.stage)) return;
    stdout.write(`${JSON.stringify(event)}\n`);
  };
}

function renderPlain({ stdout, stderr, clock }: RenderNeeds): Listener {
  const isDue = createThrottle(clock, 5000);
  return (event) => {
    const trouble = formatTrouble(event);
    if (trouble) stderr.write(`${trouble}\n`);
    if (event.type === 'progress' && isDue(event.stage)) stderr.write(`${formatProgress(event)}\n`);
    if (event.type === 'summary') stdout.write(formatFunnel(event));
  };
}

function renderLive({ stdout, stderr, clock }: RenderNeeds, columns: number): Listener {
  const isDue = createThrottle(clock, 100);
  const clear = '\r\u001b[2K';
  const latest = new Map<string, Progress>();
  return (event) => {
    const trouble = formatTrouble(event);
    if (trouble) stderr.write(`${clear}${trouble}\n`);
    if (event.type === 'progress') {
      latest.set(event.stage, event);
      const line = [...latest.values()].map(formatProgress).join(' | ');
      if (isDue('line')) stderr.write(clear + line.slice(0, columns - 1));
    }
    if (event.type === 'summary') {
      stderr.write(clear);
      stdout.write(formatFunnel(event));
    }
  };
}

/** Says for each name whether `everyMs` have passed since it last said so. */
function createThrottle(clock: Clock, everyMs: number): (name: string) => boolean {
  const last = new Map<string, number>();
  return (name) => {
    const now = clock.now();
    if (now - (last.get(name) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
    last.set(name, now);
    return true;
  };
}

function formatProgress({ stage, total, kept, rejected, failed }: Progress): string {
  const settled = kept + rejected + failed;
  const parts = [`kept ${kept}`, rejected > 0 && `rejected ${rejected}`, failed > 0 && `failed ${failed}`];
  return `${stage} ${total === undefined ? settled : `${settled}/${total}`}: ${parts.filter(Boolean).join(', ')}`;
}

/** A line for what somebody may want to look into at once. Failures of an earlier run have been said in that run. */
function formatTrouble(event: RunEvent): string | undefined {
  if (event.type === 'retry')
    return oneLine(`retry ${event.stage} ${event.item} after attempt ${event.attempt}: ${event.message}`);
  if (event.type !== 'item' || event.isReplayed || event.outcome.kind !== 'failed') return undefined;
  return oneLine(`failed ${event.stage} ${event.item}: ${event.outcome.boundary}: ${event.outcome.message}`);
}

/** Messages may hold what a model or a repository wrote: no control characters reach the terminal. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

export function formatFunnel({ summary, replayed, ms }: { summary: Summary; replayed: number; ms: number }): string {
  const rows = summary.stages.map(({ stage, inputs, kept, rejected, failed }) => [
    stage,
    ...[inputs, kept, sumOf(rejected), sumOf(failed)].map(String),
  ]);
  const table = [['stage', 'inputs', 'kept', 'rejected', 'failed'], ...rows];
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  const lines = table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)))).join('  '),
  );
  const reasons = summary.stages.flatMap(({ stage, rejected, failed }) => [
    ...Object.entries(rejected).map(([reason, count]) => `${stage} rejected ${count}: ${reason}`),
    ...Object.entries(failed).map(([boundary, count]) => `${stage} failed ${count}: ${boundary}`),
  ]);
  const earlier = replayed > 0 ? `, ${replayed} outcomes from an earlier run` : '';
  return [...lines, ...reasons, `${summary.state} in ${(ms / 1000).toFixed(1)} s${earlier}`, ''].join('\n');
}
