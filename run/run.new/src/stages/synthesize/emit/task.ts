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
import { lookupsOf, toSql } from '../../../engine/constraints/sql/index.ts';
import { type Effort, measureDifficulty } from '../../../engine/measure/difficulty.ts';
import { toAnswer } from '../../../engine/search/answer.ts';
import type { Brief } from '../../../engine/search/program.ts';
import type { Rng } from '../../../util/rng.ts';
import { textsOf } from '../../../util/texts.ts';
import { type Draft, toMeasured } from '../compose/draft.ts';
import { stepsFor, tablesOf } from './needed.ts';
import { renderPrompt } from './prompt.ts';
import { describeNames, type References } from './references.ts';
import { bestStart, type Start } from './start.ts';

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
  const { shape } = frame;
  const references = describeNames(draft, rng.fork('describe'));
  const checks = checksOf(draft, references, rng);
  const narrative = pack.narrate(frame, world, rng.fork('narrate'));
  const schema = answerSchema(shape);
  const prompt = renderPrompt({ narrative, checks, schema, example: exampleAnswer(shape) }, rng.fork('prompt'));
  const measured = measureDifficulty(toMeasured(draft), effort, rng.fork('difficulty'));
  const nodes = checks.flatMap((check) => check.constraint ?? []);
  const spoken = [shape, nodes, frame.facts, references.names];
  const task: Task = {
    format: 'envmint.task/1',
    id: `${environment.id}-l${level}`,
    domain: pack.name,
    environment: environment.id,
    world: environment.world,
    prompt,
    tools: toolsFor(draft),
    answer: { shape, schema, cte: answerCte(shape, lookupsOf(shape, nodes)) },
    checks,
    literals: literalsOf(world, spoken, prompt),
    difficulty: { level, score: draft.score, ...measured },
    lineage: { parent, steps: [...draft.steps] },
    engine,
  };
  const misses = rules.flatMap(({ id: check, miss }) => (miss ? [{ check, answer: toAnswer(model, miss) }] : []));
  return { task, brief: briefOf(draft, references, start), hints: { nearMisses: misses } };
}

/** The checks of the answer's form, those of the frame, and those of the palette in random order. */
function checksOf({ scene: { pack, frame }, rules }: Draft, references: References, rng: Rng): Check[] {
  const ordered = [
    ...rules.filter((rule) => rule.origin === 'frame'),
    ...rng.shuffle(rules.filter((rule) => rule.origin !== 'frame')),
  ];
  return [
    ...integrityChecks(frame.shape, pack.tables),
    ...ordered.map(
      ({ id, origin, constraint, wording, variant }): Check => ({
        id,
        says: references.say(toClause(constraint, wording, variant)),
        sql: toSql(frame.shape, constraint),
        weight: 1,
        stage: 'rule',
        origin,
        constraint,
      }),
    ),
  ];
}

/** Nodes that a solution may take at least: on a renamed world the same search takes another course. */
const LEAST_NODES = 15_000;

function briefOf({ scene: { pack, frame }, rules }: Draft, references: References, start: Start): Brief {
  const { shape } = frame;
  const nodes = rules.map((rule) => rule.constraint);
  const described = Object.values(references.briefs).map((one) => one.table);
  return {
    shape,
    rules: references.hide(nodes) as readonly Constraint[],
    gather: stepsFor(pack.gather, new Set([...tablesOf(shape, nodes), ...described])),
    keys: Object.fromEntries(pack.tables.map((table) => [table.name, table.key])),
    references: references.briefs,
    seed: start.seed,
    nodeLimit: Math.max(LEAST_NODES, start.nodes * 20),
    reversed: false,
  };
}

function toolsFor({ scene: { pack }, level }: Draft): string[] {
  const left = pack.levels[level].narrowTools
    ? pack.tools.filter((tool) => !pack.aggregateTools.includes(tool.name))
    : pack.tools;
  return [...left.map((tool) => tool.name), SUBMIT];
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
