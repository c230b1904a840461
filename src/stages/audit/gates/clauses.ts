import type { AnswerShape } from '../../../domain/answer.ts';
import type { Constraint } from '../../../domain/constraint.ts';
import { demandsOf } from '../clause/demands.ts';
import { mentionsOf } from '../clause/mentions.ts';
import { keysOf, namesOf, toKey } from '../clause/names.ts';
import { unexplained } from '../clause/numbers.ts';
import { misordered } from '../clause/order.ts';
import { misprinted } from '../clause/printed.ts';
import { misworded } from '../clause/words.ts';
import { fails, type Gate, holds } from '../gate.ts';
import type { Subject } from '../subject.ts';

/** Every check is in the prompt and every clause of the prompt is a check; each clause says its numbers, names and direction, and no number and nothing in its words that its rule does not mean; tiers cover their domain. */
export const clauses: Gate = {
  name: 'clauses',
  version: '6',
  ask(subject) {
    const { task, rules } = subject;
    const lines = task.prompt
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.slice(2));
    const said = new Set(task.checks.map((check) => check.says));
    const unchecked = lines.find((line) => !said.has(line));
    if (unchecked !== undefined) return fails(`the prompt demands what no check checks: ${unchecked}`);
    const unsaid = task.checks.find((check) => !lines.includes(check.says));
    if (unsaid) return fails(`the check ${unsaid.id} is not in the prompt`);
    const misshown = misprinted(task);
    if (misshown !== null) return fails(misshown);
    for (const { check, constraint } of rules) {
      const wrong = mistold(subject, check.says, constraint) ?? uncovered(subject, constraint);
      if (wrong !== null) return fails(`the clause of ${check.id} ${wrong}: ${check.says}`);
    }
    return holds(`${lines.length} clauses and ${task.checks.length} checks say the same`);
  },
};

/** What a clause leaves out of its constraint, or says otherwise; or null. */
function mistold(subject: Subject, clause: string, node: Constraint): string | null {
  const { task, environment } = subject;
  const { shape } = task.answer;
  const name = namesOf(node).find((value) => task.literals.includes(value) && !clause.includes(value));
  return (
    misnumbered(subject, clause, node) ??
    (name === undefined ? null : `does not say ${name}`) ??
    misplaced(shape, clause, node) ??
    misordered(clause, node, shape) ??
    misworded(clause, node, { shape, tables: environment.tables })
  );
}

/** A number that a clause lacks, says in another unit or in another direction, or has too much; or null. */
function misnumbered({ task, environment, rows, model }: Subject, clause: string, node: Constraint): string | null {
  const { shape } = task.answer;
  const { tables } = environment;
  for (const { value, op, unit, words } of demandsOf(node, { shape, tables, model })) {
    if (words?.test(clause)) continue;
    const mentions = mentionsOf(clause, value, unit);
    if (mentions.length === 0) return `does not say ${value}${unit ? ` (${unit})` : ''}`;
    if (op !== null && !mentions.some(({ ops }) => ops?.includes(op))) return `does not say ${op} ${value}`;
  }
  const number = unexplained(clause, node, { shape, tables, rows });
  return number === null ? null : `says ${number}, which its rule does not explain`;
}

/** A date or code that a clause says and its constraint does not mean, or the other way round; or null. */
function misplaced({ parts }: AnswerShape, clause: string, node: Constraint): string | null {
  const meant = new Set(keysOf(node));
  if (meant.size === 0) return null;
  const keys = parts.flatMap((part) => part.key.values).filter((key) => typeof key === 'string');
  const said = keys.filter((key) => isSaid(clause, key));
  const foreign = said.find((key) => !meant.has(key));
  if (foreign !== undefined) return `says ${foreign}, which its rule is not about`;
  // A rule about few rows names them or describes them ("the exams of year 2"). Branches may do both.
  const forgotten =
    node.kind === 'tier' || said.length === 0 ? undefined : [...meant].find((key) => !said.includes(key));
  return forgotten === undefined ? null : `does not say ${forgotten}`;
}

const isSaid = (clause: string, key: string): boolean => new RegExp(toKey(key)).test(clause);

/** Whether half-open tiers leave a gap, overlap, or miss a value that the world has. */
function uncovered({ model }: Subject, node: Constraint): string | null {
  if (node.kind !== 'tier') return null;
  const codes = model.codes(model.slot(node.on.part, node.on.key, node.on.field), node.on.attr);
  const gap = node.tiers.findIndex((one, i) => i > 0 && node.tiers[i - 1]?.until !== one.from);
  if (gap > 0) return `has tiers that do not meet at ${node.tiers[gap]?.from}`;
  const [first, last] = [node.tiers[0], node.tiers.at(-1)];
  const outside = codes.find((code) => code < (first?.from ?? 0) || (last?.until != null && code >= last.until));
  return outside === undefined ? null : `has no tier for ${outside}`;
}
