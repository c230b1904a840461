import type { GateName } from '../../domain/proof.ts';
import type { World } from '../../domain/world.ts';
import type { SolverIsolate } from '../../ports/solver-isolate.ts';
import type { VerifierProgram } from '../../ports/verifier.ts';
import type { WorldStore } from '../../ports/world-store.ts';
import type { Rng } from '../../util/rng.ts';
import type { Evidence } from './evidence.ts';
import type { Subject } from './subject.ts';

/** What a domain can tell an audit beyond the files; null for a domain that is not known here. */
export interface DomainKnowledge {
  createWorld(rng: Rng): World;
}

export interface GateNeeds {
  readonly isolate: SolverIsolate;
  readonly worlds: WorldStore;
  /** Shipped verifiers that run in processes of their own, by name. */
  readonly programs: readonly { readonly name: string; readonly program: VerifierProgram }[];
  /** The folder of the task, for verifier programs. */
  readonly folder: string;
  readonly domain: DomainKnowledge | null;
  readonly signal: AbortSignal;
}

export interface Finding {
  readonly holds: boolean;
  /** What was tried and found, in a sentence. */
  readonly detail: string;
}

/** One question asked of a task. What it learns goes into the evidence. `version` changes with what it asks. */
export interface Gate {
  readonly name: GateName;
  readonly version: string;
  ask(subject: Subject, evidence: Evidence, needs: GateNeeds): Finding | Promise<Finding>;
}

export const holds = (detail: string): Finding => ({ holds: true, detail });
export const fails = (detail: string): Finding => ({ holds: false, detail });
