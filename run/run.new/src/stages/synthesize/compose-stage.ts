import { ENGINE } from '../../domain/engine.ts';
import type { Stage } from '../../domain/stage.ts';
import { contentHash } from '../../util/canonical-json.ts';
import type { RungOutput } from './index.ts';

/** A task that synthesis has made, as the audit takes it. */
export interface ComposedTask {
  readonly environment: string;
  readonly task: string;
  /** Hash of the task's files. */
  readonly hash: string;
}

/** Parts the rungs of a ladder: a task each, or the reason why the ladder has none at that level. */
export function createComposeStage(): Stage<RungOutput, ComposedTask> {
  return {
    name: 'compose',
    version: ENGINE,
    key: (rung) => contentHash(rung),
    label: ({ environment, level }) => `${environment}-l${level}`,
    async work({ environment, task, hash, reason }) {
      if (task === undefined || hash === undefined) return { kind: 'rejected', reason: reason ?? 'no-witness' };
      return { kind: 'kept', output: { environment, task, hash } };
    },
  };
}
