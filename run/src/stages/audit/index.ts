import { z } from 'zod';
import { ENGINE } from '../../domain/engine.ts';
import type { GateResult, Proof } from '../../domain/proof.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { SolverIsolate } from '../../ports/solver-isolate.ts';
import type { WorldStore } from '../../ports/world-store.ts';
import { contentHash } from '../../util/canonical-json.ts';
import { editedFile, foreignVerifier, hashesOf, readCandidate } from './candidate.ts';
import { examine, gates, toProof } from './examine.ts';
import type { DomainKnowledge, GateNeeds } from './gate.ts';
import { readTask } from './read-task.ts';
import type { Subject } from './subject.ts';

/** A task's folder below the root of the artifacts, and the hash of its files. */
export interface AuditInput {
  readonly environment: string;
  readonly task: string;
  readonly hash: string;
}

/** What of a proof the summary of a run needs. */
export const AuditOutput = z.object({
  environment: z.string(),
  task: z.string(),
  level: z.int(),
  answers: z.int(),
  mutants: z.int(),
});
export type AuditOutput = z.infer<typeof AuditOutput>;

export interface AuditNeeds {
  readonly artifacts: Artifacts;
  readonly worlds: WorldStore;
  readonly isolate: SolverIsolate;
  readonly programs: GateNeeds['programs'];
  /** The verifiers that are shipped beside tasks, by file name. Others are refused, since code of strangers is not run here. */
  readonly verifiers: Readonly<Record<string, string>>;
  readonly domains: ReadonlyMap<string, DomainKnowledge>;
  /** The path of an artifact on disk, for programs of other languages. */
  pathOf(artifact: string): string;
}

const AUDIT_VERSION = `${ENGINE}+${contentHash(gates.map(({ name, version }) => `${name}/${version}`)).slice(0, 12)}`;

/**
 * Puts a composed task to the test: one that passes every gate goes to `tasks/` with its proof, one that does not to `rejected/` with the
 * findings. The candidate's own folder stays until the run ends, so that an interrupted audit can be done again.
 */
export function createAuditStage(needs: AuditNeeds): Stage<AuditInput, AuditOutput> {
  return {
    name: 'audit',
    version: AUDIT_VERSION,
    key: (input) => contentHash(input),
    label: ({ task }) => task,
    output: AuditOutput,
    async work({ environment, task }, signal) {
      const from = `${environment}/candidates/${task}`;
      const { files, hints } = await readCandidate(needs.artifacts, environment, task);
      const judged = await auditFolder({ environment, folder: from }, needs, signal);
      if (judged.kind === 'proven') {
        await needs.artifacts.writeFolder(`${environment}/tasks/${task}`, {
          ...files,
          'proof.json': toText(judged.proof),
        });
        await needs.artifacts.remove(`${environment}/rejected/${task}`);
        const { proof } = judged;
        const mutants = proof.killMatrix.reduce((sum, kill) => sum + kill.mutants, 0);
        return {
          kind: 'kept',
          output: { environment, task, level: proof.difficulty.level, answers: proof.judged.answers, mutants },
        };
      }
      await needs.artifacts.writeFolder(`${environment}/rejected/${task}`, {
        ...files,
        ...hints,
        'findings.json': toText(judged.results),
      });
      await needs.artifacts.remove(`${environment}/tasks/${task}`);
      const last = judged.results.at(-1);
      return { kind: 'rejected', reason: last?.gate ?? 'damaged', detail: last?.detail };
    },
  };
}

export type Judged =
  | { readonly kind: 'proven'; readonly proof: Proof; readonly results: GateResult[] }
  | { readonly kind: 'refuted'; readonly results: GateResult[] };

/** A task on disk: the folders of its environment and its own, below the root of the artifacts. */
export interface TaskFolder {
  readonly environment: string;
  readonly folder: string;
}

/** Asks all gates of the task in `folder` as it lies on disk. What cannot be read at all is refuted by the gate `damaged`. */
export async function auditFolder(
  { environment, folder }: TaskFolder,
  needs: AuditNeeds,
  signal: AbortSignal,
): Promise<Judged> {
  const read = await readTask(environment, folder, needs);
  if (read.kind === 'damaged') return damaged(read.detail);
  using world = read.prepared.world;
  const foreign = await foreignVerifier(needs.artifacts, folder, needs.verifiers);
  if (foreign) return damaged(`${folder}/${foreign} is not the verifier that this version ships`);
  const { task, environment: made, solution } = read.prepared;
  const run = await needs.isolate.run(
    solution,
    world.createToolbox(made.tools.filter((tool) => task.tools.includes(tool.name))),
  );
  const subject: Subject = { ...read.prepared, run };
  const gateNeeds: GateNeeds = {
    ...needs,
    folder: needs.pathOf(folder),
    domain: needs.domains.get(task.domain) ?? null,
    signal,
  };
  const examined = await examine(subject, gateNeeds);
  const { results } = examined;
  if (!results.every((result) => result.holds)) return { kind: 'refuted', results };
  const edited = await editedFile(needs.artifacts, folder);
  if (edited) return damaged(`${folder}/${edited} is not the file that its proof was made for`, results);
  return {
    kind: 'proven',
    results,
    proof: toProof(subject, examined, await hashesOf(needs.artifacts, folder)),
  };
}

function damaged(detail: string, results: readonly GateResult[] = []): Judged {
  return { kind: 'refuted', results: [...results, { gate: 'damaged', version: '2', holds: false, detail }] };
}

const toText = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
