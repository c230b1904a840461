import type { Environment } from '../../src/domain/environment.ts';
import type { Check, Task } from '../../src/domain/task.ts';
import { toSql } from '../../src/engine/constraints/sql/index.ts';
import type { Rng } from '../../src/util/rng.ts';
import { change, drawKey, edited, type Text } from './text.ts';

/** What an edit may touch: the files of one task, parsed. */
export interface Files {
  readonly task: Task;
  readonly environment: Environment;
  readonly solution: string;
}

/** One single edit; null where this task has no place for it. */
export type Edit = (files: Files, rng: Rng) => Files | null;

const withTask = (files: Files, task: Partial<Task> | null): Files | null =>
  task && { ...files, task: { ...files.task, ...task } };

/** Changes one check of a stage, where `alter` finds a place. */
function inCheck(
  { task }: Files,
  rng: Rng,
  { stage, alter }: { stage: Check['stage']; alter: (check: Check) => Partial<Check> | null },
): Partial<Task> | null {
  const check = rng.pick(task.checks.filter((one) => one.stage === stage));
  const changed = alter(check);
  return changed && { checks: task.checks.map((one) => (one === check ? { ...check, ...changed } : one)) };
}

const sqlEdit =
  (alter: Text, stage: Check['stage'] = 'rule'): Edit =>
  (files, rng) =>
    withTask(
      files,
      inCheck(files, rng, {
        stage,
        alter(check) {
          const sql = alter(check.sql, rng, files.task);
          return sql === null ? null : { sql };
        },
      }),
    );

/** The same change of a clause in the check and in the prompt. */
const clauseEdit =
  (alter: Text): Edit =>
  (files, rng) => {
    const before: string[] = [];
    const task = inCheck(files, rng, {
      stage: 'rule',
      alter(check) {
        const says = alter(check.says, rng, files.task);
        if (says !== null) before.push(check.says, says);
        return says === null ? null : { says };
      },
    });
    const [old, says] = before as [string, string];
    return task && withTask(files, { ...task, prompt: files.task.prompt.replace(`- ${old}`, () => `- ${says}`) });
  };

/** A number of the typed constraint moved, and with `sql` the check written anew from it. */
const constraintEdit =
  (rewrite: boolean): Edit =>
  (files, rng) =>
    withTask(
      files,
      inCheck(files, rng, {
        stage: 'rule',
        alter(check) {
          const text = change.number(JSON.stringify(check.constraint), rng, files.task);
          if (text === null) return null;
          const constraint = JSON.parse(text) as NonNullable<Check['constraint']>;
          return { constraint, ...(rewrite ? { sql: toSql(files.task.answer.shape, constraint) } : {}) };
        },
      }),
    );

const toolEdit =
  (alter: Text): Edit =>
  (files, rng) => {
    const { environment, task } = files;
    const tool = rng.pick(environment.tools.filter((one) => task.tools.includes(one.name)));
    const sql = alter(tool.sql, rng, task);
    if (sql === null) return null;
    return {
      ...files,
      environment: { ...environment, tools: environment.tools.map((one) => (one === tool ? { ...tool, sql } : one)) },
    };
  };

const promptLine =
  (keep: (line: string) => boolean): Edit =>
  ({ task, ...files }, rng) => {
    const lines = task.prompt.split('\n');
    const at = rng.pick(lines.flatMap((line, i) => (line.startsWith('- ') ? [i] : [])));
    return { ...files, task: { ...task, prompt: lines.filter((line, i) => i !== at || keep(line)).join('\n') } };
  };

/** Every way to spoil a task by one edit, by name. */
export const EDITS: Readonly<Record<string, Edit>> = {
  'check: a number moved': sqlEdit(change.number),
  'check: an operator exchanged': sqlEdit(change.operator),
  'check: another column': sqlEdit(change.lookup),
  'check: another key or name': sqlEdit(drawKey),
  'check: an exception for one answer': sqlEdit((sql, rng, task) => {
    const part = rng.pick(task.answer.shape.parts);
    const cte = task.answer.shape.parts.length === 1 ? 'answer' : `answer_${part.name}`;
    const key = rng.pick(part.key.values);
    const quoted = typeof key === 'number' ? String(key) : `'${key}'`;
    const field = part.fields[0]?.name ?? '';
    return `SELECT * FROM (${sql}) WHERE NOT EXISTS (SELECT 1 FROM ${cte} q WHERE q.${part.key.field} = ${quoted} AND q.${field} = (SELECT MIN(${field}) FROM ${cte}))`;
  }),
  'check: accepts everything': sqlEdit(() => 'SELECT 1 WHERE 0'),
  'check: dropped, clause kept': ({ task, ...files }, rng) => {
    const dropped = rng.pick(task.checks);
    return { ...files, task: { ...task, checks: task.checks.filter((check) => check !== dropped) } };
  },
  'form check: changed': sqlEdit(
    (sql, rng, task) => change.operator(sql, rng, task) ?? change.number(sql, rng, task),
    'integrity',
  ),
  'rows of the answer: changed': ({ task, ...files }, rng) => {
    const cte = change.operator(task.answer.cte, rng, task) ?? change.lookup(task.answer.cte, rng, task);
    return cte === null ? null : { ...files, task: { ...task, answer: { ...task.answer, cte } } };
  },
  'constraint: a number moved': constraintEdit(false),
  'constraint and check: a number moved': constraintEdit(true),
  'clause: a number moved': clauseEdit(change.number),
  'clause: direction turned': clauseEdit(change.direction),
  'clause: another key': clauseEdit(drawKey),
  'clause: a word exchanged': clauseEdit(change.word),
  'prompt: a clause dropped': promptLine(() => false),
  'prompt: a number moved anywhere': ({ task, ...files }, rng) => {
    const prompt = change.number(task.prompt, rng, task);
    return prompt === null ? null : { ...files, task: { ...task, prompt } };
  },
  'schema: a number or key changed': ({ task, ...files }, rng) => {
    const schema = change.number(JSON.stringify(task.answer.schema), rng, task);
    return schema === null
      ? null
      : {
          ...files,
          task: { ...task, answer: { ...task.answer, schema: JSON.parse(schema) as Record<string, unknown> } },
        };
  },
  'tool: an operator exchanged': toolEdit(change.operator),
  'tool: another column': toolEdit(change.toolColumn),
  'solution: a number moved': (files, rng) => {
    const brief = files.solution.indexOf('"rules"');
    const end = files.solution.indexOf('"gather"');
    const rules = brief < 0 || end < 0 ? null : change.number(files.solution.slice(brief, end), rng, files.task);
    return rules === null
      ? null
      : { ...files, solution: edited(files.solution, { from: brief, until: end, by: rules }) };
  },
};
