import type { Summary } from '../domain/summary.ts';
import type { Flow } from '../pipeline/flow.ts';

/** Takes what it is given and counts for nothing. */
const sink = {
  name: 'none',
  version: '1',
  key: () => '',
  work: async () => ({ kind: 'rejected', reason: 'none' }) as const,
};

/** The flow with every output of its last stage put into `into`, also those that an earlier run had left in the ledger. */
export function collect<I, O>(flow: Flow<I, O>, into: O[]): Flow<I, unknown> {
  return flow.into(sink, (output: O) => {
    into.push(output);
    return [];
  });
}

/** The summary without the stage that `collect` adds. */
export function withoutSink(summary: Summary): Summary {
  return { ...summary, stages: summary.stages.filter(({ stage }) => stage !== sink.name) };
}
