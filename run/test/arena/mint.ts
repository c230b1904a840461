import { readFile } from 'node:fs/promises';
import { bundleSolver } from '../../src/adapters/esbuild/index.ts';
import { createSolverIsolate } from '../../src/adapters/quickjs/index.ts';
import { createWorldStore } from '../../src/adapters/sqlite/index.ts';
import type { Constraint } from '../../src/domain/constraint.ts';
import type { Environment } from '../../src/domain/environment.ts';
import type { GateName, GateResult } from '../../src/domain/proof.ts';
import type { Level, Task } from '../../src/domain/task.ts';
import { answerCte } from '../../src/engine/answer/answer-cte.ts';
import { lookupsOf, toSql } from '../../src/engine/constraints/sql/index.ts';
import type { Brief } from '../../src/engine/search/program.ts';
import type { VerifierProgram } from '../../src/ports/verifier.ts';
import { createEvidence, type Evidence } from '../../src/stages/audit/evidence.ts';
import { gates } from '../../src/stages/audit/examine.ts';
import type { AuditNeeds } from '../../src/stages/audit/index.ts';
import { type Exhibit, prepareSubject } from '../../src/stages/audit/subject.ts';
import { createSynthesizeStage } from '../../src/stages/synthesize/index.ts';
import type { DomainPack } from '../../src/stages/synthesize/pack.ts';
import { createMemoryArtifacts, type MemoryArtifacts } from '../fakes/memory-artifacts.ts';
import { lunchPack } from './lunch-pack.ts';

/** The files of one candidate, open for sabotage. */
export interface Candidate {
  readonly environment: Environment;
  readonly world: Uint8Array;
  readonly task: Task;
  readonly solution: string;
}

export interface Minted {
  readonly artifacts: MemoryArtifacts;
  readonly environmentId: string;
  readonly candidates: readonly Candidate[];
}

const worlds = createWorldStore();
const isolate = createSolverIsolate();
const verifierText = (name: string): Promise<string> =>
  readFile(new URL(`../../src/verifiers/${name}`, import.meta.url), 'utf8');

const verifiers = { 'verify.mjs': await verifierText('verify.mjs'), 'verify.py': await verifierText('verify.py') };

/** Runs the real synthesis of `pack` with real SQLite and QuickJS; artifacts stay in memory. */
export async function mint(
  levels: readonly Level[],
  { seed = 'arena', pack = lunchPack }: { seed?: string; pack?: DomainPack } = {},
): Promise<Minted> {
  const artifacts = createMemoryArtifacts();
  const stage = createSynthesizeStage({
    packs: new Map([[pack.name, pack]]),
    worlds,
    artifacts,
    program: await bundleSolver(),
    verifiers,
  });
  const outcome = await stage.work(
    { domain: pack.name, index: 0, seed, levels: [...levels] },
    new AbortController().signal,
  );
  if (outcome.kind !== 'kept') throw new Error(`synthesis of ${pack.name} ended with ${outcome.kind}`);
  const id = outcome.output.environment;
  const environment = JSON.parse(artifacts.text(`${id}/environment.json`)) as Environment;
  const world = await artifacts.readFile(`${id}/world.sqlite`);
  const candidates = outcome.output.rungs.flatMap(({ task, reason, level }): Candidate[] => {
    if (task === undefined) throw new Error(`no task of level ${level}: ${reason}`);
    const folder = `${id}/candidates/${task}`;
    return [
      {
        environment,
        world,
        task: JSON.parse(artifacts.text(`${folder}/task.json`)) as Task,
        solution: artifacts.text(`${folder}/solution.js`),
      },
    ];
  });
  return { artifacts, environmentId: id, candidates };
}

/** What an audit of these artifacts works with; no program of another language unless one is given. */
export function auditNeeds(artifacts: MemoryArtifacts, programs: AuditNeeds['programs'] = []): AuditNeeds {
  return {
    artifacts,
    worlds,
    isolate,
    programs,
    verifiers,
    domains: new Map([[lunchPack.name, lunchPack]]),
    pathOf: (artifact) => artifact,
  };
}

interface Examined {
  /** The gates that do not hold, in their order, when every gate is asked. */
  readonly refusedBy: GateName[];
  readonly results: readonly GateResult[];
  readonly evidence: Evidence;
  /** Every answer that was judged: the one that the reference solution submits comes first. */
  readonly exhibits: readonly Exhibit[];
}

/** Asks every gate, also those behind one that does not hold, so that it is seen which nets a fault falls into. */
export async function askAll(
  { environment, world, task, solution }: Candidate,
  programs: readonly { name: string; program: VerifierProgram }[] = [],
): Promise<Examined> {
  using opened = worlds.open(world);
  const run = await isolate.run(
    solution,
    opened.createToolbox(environment.tools.filter((tool) => task.tools.includes(tool.name))),
  );
  const subject = { ...prepareSubject({ task, environment, solution, hints: { nearMisses: [] } }, opened), run };
  const evidence = createEvidence();
  const results: GateResult[] = [];
  const needs = {
    worlds,
    isolate,
    programs,
    folder: '',
    domain: environment.domain === lunchPack.name ? lunchPack : null,
    signal: new AbortController().signal,
  };
  for (const gate of gates)
    results.push({ gate: gate.name, version: gate.version, ...(await gate.ask(subject, evidence, needs)) });
  return {
    refusedBy: results.filter((result) => !result.holds).map((result) => result.gate),
    results,
    evidence,
    exhibits: subject.exhibits,
  };
}

const BRIEF = /const brief = (\{[\s\S]*?\n\});\n/;

/** The candidate whose solution program knows another brief. */
export function withBrief(candidate: Candidate, change: (brief: Brief) => Brief): Candidate {
  const found = BRIEF.exec(candidate.solution)?.[1];
  if (found === undefined) throw new Error('the solution has no brief');
  const brief = JSON.stringify(change(JSON.parse(found) as Brief), null, 1);
  return { ...candidate, solution: candidate.solution.replace(BRIEF, () => `const brief = ${brief};\n`) };
}

/** The candidate with one rule more: in the checks, in the prompt and in the solution's brief. */
export function withRule(
  candidate: Candidate,
  { id, says, constraint }: { id: string; says: string; constraint: Constraint },
): Candidate {
  const { task } = candidate;
  const check = {
    id,
    says,
    constraint,
    sql: toSql(task.answer.shape, constraint),
    weight: 1,
    stage: 'rule',
    origin: 'test',
  } as const;
  const prompt = task.prompt.replace(/^- /m, () => `- ${says}\n- `);
  const nodes = [...task.checks, check].flatMap((each) => each.constraint ?? []);
  const answer = { ...task.answer, cte: answerCte(task.answer.shape, lookupsOf(task.answer.shape, nodes)) };
  return withBrief({ ...candidate, task: { ...task, prompt, answer, checks: [...task.checks, check] } }, (brief) => ({
    ...brief,
    rules: [...brief.rules, constraint],
  }));
}

/** The candidate with one check changed. */
export function withCheck(
  candidate: Candidate,
  id: string,
  change: (check: Task['checks'][number]) => Task['checks'][number],
): Candidate {
  const { task } = candidate;
  if (!task.checks.some((check) => check.id === id))
    throw new Error(`no check ${id} among ${task.checks.map((check) => check.id).join(', ')}`);
  return {
    ...candidate,
    task: { ...task, checks: task.checks.map((check) => (check.id === id ? change(check) : check)) },
  };
}

/** The candidate with a rule said and judged otherwise: `withRule` in the place of the rule that has the id. */
export function withOtherRule(
  candidate: Candidate,
  rule: { id: string; says: string; constraint: Constraint },
): Candidate {
  const { task } = candidate;
  const old = task.checks.find((check) => check.id === rule.id);
  if (!old) throw new Error(`no check ${rule.id}`);
  const without = {
    ...task,
    prompt: task.prompt.replace(`- ${old.says}\n`, ''),
    checks: task.checks.filter((check) => check !== old),
  };
  const text = JSON.stringify(old.constraint);
  return withRule(
    withBrief({ ...candidate, task: without }, (brief) => ({
      ...brief,
      rules: brief.rules.filter((one) => JSON.stringify(one) !== text),
    })),
    rule,
  );
}
