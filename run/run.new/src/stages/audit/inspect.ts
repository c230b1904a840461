import { z } from 'zod';
import { GateResult } from '../../domain/proof.ts';
import type { Stage } from '../../domain/stage.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { type AuditNeeds, auditFolder, type TaskFolder } from './index.ts';

/** The findings on a task, up to the first gate that does not hold. */
export const InspectOutput = z.object({ results: z.array(GateResult) });
export type InspectOutput = z.infer<typeof InspectOutput>;

/** Asks all gates of a task where it lies, and writes nothing. */
export function createInspectStage(needs: AuditNeeds): Stage<TaskFolder, InspectOutput> {
  return {
    name: 'inspect',
    version: '1',
    key: (input) => contentHash(input),
    output: InspectOutput,
    async work(input, signal) {
      const { results } = await auditFolder(input, needs, signal);
      return { kind: 'kept', output: { results } };
    },
  };
}
