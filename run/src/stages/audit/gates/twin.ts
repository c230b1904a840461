import type { World } from '../../../domain/world.ts';
import type { Rng } from '../../../util/rng.ts';
import { fails, type Gate, holds } from '../gate.ts';
import { spoiltRows } from '../spoil.ts';
import type { Subject } from '../subject.ts';
import { renamed, renamedSource, renamedSql } from '../texts.ts';

/**
 * On a twin of the world, with every name replaced, the rows shuffled and, where another answer is known to pass, the numbers of a row
 * replaced so that the first one does not, the same solution program still finds an answer that passes: it solves, it does not recite.
 * Only names that the prompt mentions are renamed in the program.
 */
export const twin: Gate = {
  name: 'twin',
  version: '2',
  async ask(subject, evidence, { worlds, isolate }) {
    const { task, environment, solution } = subject;
    const [first, ...further] = evidence.solutions;
    const spoilt = first && further[0] ? spoiltRows(subject, first, further[0]) : null;
    const original: World = { tables: environment.tables, rows: spoilt ?? subject.rows };
    const names = newNames(original, subject.rng.fork('names'));
    const mentioned = new Map([...names].filter(([name]) => task.literals.includes(name)));
    using world = worlds.open(worlds.encode(twinOf(original, names, subject.rng.fork('shuffle'))));
    const run = await isolate.run(renamedSource(solution, mentioned), world.createToolbox(subject.environment.tools));
    if (run.kind !== 'submitted')
      return fails(
        `on a renamed world the reference solution ends with ${run.kind === 'threw' ? run.message : run.kind}`,
      );
    const { verdict, violations } = world.createVerifier(twinTask(subject, names)).verify(run.answer);
    if (verdict !== 'pass')
      return fails(
        `on a renamed world the answer of the reference solution is judged ${verdict}: ${violations[0]?.message}`,
      );
    const where = spoilt ? ' where its first answer is none any more' : '';
    return holds(`passes on a world with ${names.size} names replaced${where}`);
  },
};

/** A fresh name for each name of the world; letters and digits only, so that they sort in another order. */
function newNames({ tables, rows }: World, rng: Rng): Map<string, string> {
  const old = new Set<string>();
  for (const table of tables) {
    for (const column of table.columns.filter((one) => one.role === 'name')) {
      for (const row of rows[table.name] ?? []) old.add(String(row[column.name]));
    }
  }
  const order = rng.shuffle([...old]);
  return new Map(order.map((name, i) => [name, `Twin ${String(i + 1).padStart(4, '0')}`]));
}

function twinOf({ tables, rows }: World, names: ReadonlyMap<string, string>, rng: Rng): World {
  const renamedRows = tables.map((table) => {
    const naming = table.columns.filter((column) => column.role !== 'value').map((column) => column.name);
    const copies = (rows[table.name] ?? []).map((row) => ({
      ...row,
      ...Object.fromEntries(naming.map((name) => [name, renamed(row[name] ?? null, names)])),
    }));
    return [table.name, rng.shuffle(copies)] as const;
  });
  return { tables, rows: Object.fromEntries(renamedRows) };
}

function twinTask({ task }: Subject, names: ReadonlyMap<string, string>): Subject['task'] {
  return {
    ...task,
    answer: { ...renamed(task.answer, names), cte: task.answer.cte },
    checks: task.checks.map((check) => ({ ...check, sql: renamedSql(check.sql, names) })),
  };
}
