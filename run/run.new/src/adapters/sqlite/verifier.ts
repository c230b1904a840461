import type { DatabaseSync } from 'node:sqlite';
import type { Task } from '../../domain/task.ts';
import type { Verifier } from '../../ports/verifier.ts';
// biome-ignore lint/correctness/useImportExtensions: it is plain JavaScript, because it ships beside tasks.
import { createVerifier as create, load as loadVerifier } from '../../verifiers/verify.mjs';

/** The verifier of `task` on an open world: the very code that is shipped beside each task. From then on the connection answers look-ups only. */
export function createVerifier(task: Pick<Task, 'format' | 'answer' | 'checks'>, database: DatabaseSync): Verifier {
  return create(task, database);
}

/** The verifier of a task folder on disk. */
export { loadVerifier };
