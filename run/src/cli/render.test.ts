import { describe, expect, it } from 'vitest';
import { createFakeDeps } from '../../test/fakes/cli.ts';
import type { RunEvent } from '../ports/events.ts';
import { createRenderer } from './render.ts';

const progress = (kept: number): RunEvent => ({
  type: 'progress',
  stage: 'audit',
  total: 9,
  kept,
  rejected: 0,
  failed: 1,
  replayed: 0,
  running: 1,
});
const failure = (message: string, isReplayed = false): RunEvent => ({
  type: 'item',
  stage: 'audit',
  key: 'k',
  item: 'trip-1',
  outcome: { kind: 'failed', boundary: 'python', message, retryable: false },
  ms: 1,
  isReplayed,
});
const end: RunEvent = {
  type: 'summary',
  replayed: 3,
  ms: 12_340,
  summary: {
    v: 1,
    state: 'done',
    stages: [
      { stage: 'synthesize', version: '1', inputs: 10, kept: 9, rejected: { 'not-harder': 1 }, failed: {} },
      { stage: 'audit', version: '1', inputs: 120, kept: 117, rejected: { trivial: 2 }, failed: { python: 1 } },
    ],
  },
};

function render(events: readonly RunEvent[], options: { columns?: number; isJson?: boolean } = {}) {
  const deps = createFakeDeps();
  const listen = createRenderer({ ...deps, columns: options.columns, isJson: options.isJson ?? false });
  for (const event of events) listen(event);
  return deps.said();
}

describe('createRenderer', () => {
  it('prints the funnel with its reasons on standard output', () => {
    expect(render([end]).stdout).toMatchInlineSnapshot(`
      "stage       inputs  kept  rejected  failed
      synthesize      10     9         1       0
      audit          120   117         2       1
      synthesize rejected 1: not-harder
      audit rejected 2: trivial
      audit failed 1: python
      done in 12.3 s, 3 outcomes from an earlier run
      "
    `);
  });

  it('prints progress as plain lines where there is no terminal, not too many of them', () => {
    expect(render([progress(1), progress(2)])).toEqual({ stdout: '', stderr: 'audit 2/9: kept 1, failed 1\n' });
  });

  it('keeps one live line within the width of a terminal', () => {
    const { stderr } = render([progress(1), end], { columns: 12 });

    expect(stderr).toBe('\r\u001b[2Kaudit 2/9: \r\u001b[2K');
  });

  it('says a failure once, on one line, without what could steer the terminal', () => {
    const { stderr } = render([failure('no\u001b[31m python\nat all\u0007'), failure('old', true)]);

    expect(stderr).toBe('failed audit trip-1: python: no python at all \n');
  });

  it('gives programs every event as a line of JSON, and progress once a second', () => {
    const { stdout, stderr } = render([failure('x'), progress(1), progress(2), end], { isJson: true });

    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['item', 'progress', 'summary']);
    expect(stderr).toBe('');
  });
});
