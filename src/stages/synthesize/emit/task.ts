import type { Constraint } from '../../../domain/constraint.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { Hints } from '../../../domain/proof.ts';
import type { Check, Task } from '../../../domain/task.ts';
import { SUBMIT } from '../../../domain/tool.ts';
import type { World } from '../../../domain/world.ts';
import { answerCte } from '../../../engine/answer/answer-cte.ts';
import { answerSchema } from '../../../engine/answer/answer-schema.ts';
import { exampleAnswer } from '../../../engine/answer/example.ts';
import { integrityChecks } from '../../../engine/answer/integrity.ts';
import { toClause } from '../../../engine/constraints/says/index.ts';
import { toSql } from '../../../engine/constraints/sql/index.ts';
import { type Effort, measureDifficulty } from '../../../engine/measure/difficulty.ts';
import { toAnswer } from '../../../engine/search/answer.ts';
import type { Brief } from '../../../engine/search/program.ts';
import { search } from '../../../engine/search/solver.ts';
import type { Rng } from '../../../util/rng.ts';
import { boundsOf, type Draft, toMeasured } from '../compose/draft.ts';
import type { Description } from '../pack.ts';
import { stepsFor, tablesOf, textsOf } from './needed.ts';
import { renderPrompt } from './prompt.ts';

/** A task and what its solution programs know. */
export interface EmittedTask {
  readonly task: Task;
  readonly brief: Brief;
  readonly hints: Hints;
}

export interface EmitContext {
  readonly environment: Environment;
  readonly engine: string;
  readonly parent: string | null;
  readonly effort: Effort;
  readonly rng: Rng;
}

/** Writes a draft out as a task: checks, prompt, tools, measured difficulty, lineage. Null where the solver does not solve it in time. */
export function emitTask(draft: Draft, { environment, engine, parent, effort, rng }: EmitContext): EmittedTask | null {
  const { scene, rules, level } = draft;
  const { pack, world, frame, model } = scene;
  const start = bestStart(draft, rng);
  if (!start) return null;
  const shape = frame.shape;
  const id = `${environment.id}-l${level}`;
  const references = describeNames(draft, rng.fork('describe'));
  const ordered = [
    ...rules.filter((rule) => rule.origin === 'frame'),
    ...rng.shuffle(rules.filter((rule) => rule.origin !== 'frame')),
  ];
  const checks: Check[] = [
    ...integrityChecks(shape, pack.tables),
    ...ordered.map(
      (rule): Check => ({
        id: rule.id,
        says: references.say(toClause(rule.constraint, rule.wording, rule.variant)),
        sql: toSql(shape, rule.constraint),
        weight: 1,
        stage: 'rule',
        origin: rule.origin,
        constraint: rule.constraint,
      }),
    ),
  ];
  const narrative = pack.narrate(frame, world, rng.fork('narrate'));
  const schema = answerSchema(shape);
  const prompt = renderPrompt({ narrative, checks, schema, example: exampleAnswer(shape) }, rng.fork('prompt'));
  const measured = measureDifficulty(toMeasured(draft), effort, rng.fork('difficulty'));
  const nodes = rules.map((rule) => rule.constraint);
  const task: Task = {
    format: 'envmint.task/1',
    id,
    domain: pack.name,
    environment: environment.id,
    world: environment.world,
    prompt,
    tools: toolsFor(draft),
    answer: { shape, schema, cte: answerCte(shape) },
    checks,
    literals: literalsOf(world, [shape, nodes, frame.facts, references.names], prompt),
    difficulty: { level, score: draft.score, ...measured },
    lineage: { parent, steps: [...draft.steps] },
    engine,
  };
  const brief: Brief = {
    shape,
    rules: references.hide(nodes) as readonly Constraint[],
    gather: stepsFor(
      pack.gather,
      new Set([...tablesOf(shape, nodes), ...Object.values(references.briefs).map((one) => one.table)]),
    ),
    keys: Object.fromEntries(pack.tables.map((table) => [table.name, table.key])),
    references: references.briefs,
    seed: start.seed,
    nodeLimit: Math.max(LEAST_NODES, start.nodes * 20),
    reversed: false,
  };
  const misses = rules.flatMap(({ id: check, miss }) => (miss ? [{ check, answer: toAnswer(model, miss) }] : []));
  return { task, brief, hints: { nearMisses: misses } };
}

function toolsFor({ scene: { pack }, level }: Draft): string[] {
  const left = pack.levels[level].narrowTools
    ? pack.tools.filter((tool) => !pack.aggregateTools.includes(tool.name))
    : pack.tools;
  return [...left.map((tool) => tool.name), SUBMIT];
}

/** Nodes that a solution may take at least: on a renamed world the same search takes another course. */
const LEAST_NODES = 15_000;
/** Seeds tried for the reference solution, and the nodes that one of them may take. */
const START_SEEDS = 8;
const START_NODES = 1500;

/** The seed with which the solver needs the fewest nodes. */
function bestStart({ scene, rules }: Draft, rng: Rng): { seed: number; nodes: number } | null {
  let best: { seed: number; nodes: number } | null = null;
  for (let i = 0; i < START_SEEDS; i++) {
    const seed = rng.int(1, 1 << 30);
    const { solutions, nodes } = search(scene.model, boundsOf(rules), {
      seed,
      nodeLimit: best?.nodes ?? START_NODES,
      solutions: 1,
    });
    if (solutions.length > 0 && (!best || nodes < best.nodes)) best = { seed, nodes };
  }
  return best;
}

/** Names of the world among the texts, so far as the prompt has them. */
function literalsOf(world: World, sources: readonly unknown[], prompt: string): string[] {
  const names = new Set<string>();
  for (const table of world.tables) {
    for (const column of table.columns.filter((one) => one.role === 'name')) {
      for (const row of world.rows[table.name] ?? []) names.add(String(row[column.name]));
    }
  }
  const texts = new Set(sources.flatMap((source) => [...textsOf(source)]));
  return [...texts].filter((text) => names.has(text) && prompt.includes(text)).sort();
}

interface References {
  /** A clause with described names in place of the names themselves. */
  say(clause: string): string;
  /** Constraints with placeholders in place of described names. */
  hide(nodes: unknown): unknown;
  readonly briefs: Brief['references'];
  /** Names that the descriptions themselves use. */
  readonly names: readonly string[];
}

/** From some level on, one name of the rules is said by a description that a tool resolves. */
function describeNames({ scene, rules, level }: Draft, rng: Rng): References {
  const none: References = { say: (clause) => clause, hide: (nodes) => nodes, briefs: {}, names: [] };
  const { pack, world, frame } = scene;
  if (!pack.levels[level].indirect || !pack.describe) return none;
  const fixed = textsOf([frame.shape, frame.facts]);
  for (const rule of rng.shuffle(rules.filter((one) => one.origin !== 'frame' && one.origin !== 'forbid-greedy'))) {
    const clause = toClause(rule.constraint, rule.wording, rule.variant);
    for (const literal of textsOf(rule.constraint)) {
      if (fixed.has(literal) || !clause.includes(literal)) continue;
      const description = pack.describe(world, literal, rng);
      if (description) return referring(literal, description);
    }
  }
  return none;
}

function referring(literal: string, description: Description): References {
  const placeholder = '@1';
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') return value === literal ? placeholder : value;
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, swap(one)]));
  };
  // A name inside another one ("Bath" in "Bath Spa Hotel") must stay as it is, so only whole words are replaced, and only where no longer name begins.
  const whole = new RegExp(
    `(?<![\\p{L}\\p{N}])${literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  return {
    say: (clause) => clause.replace(whole, description.says),
    hide: swap,
    briefs: { [placeholder]: { table: description.table, where: description.where, column: description.column } },
    names: Object.values(description.where).map(String),
  };
}
