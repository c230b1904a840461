import type { AnswerShape } from '../../../domain/answer.ts';
import type { Node } from '../../../domain/constraint.ts';
import { constants, createSource, list, quote } from './source.ts';

interface Paired {
  readonly left: string;
  readonly right: string;
  readonly at: string;
  /** FROM and WHERE, to be followed by AND. */
  readonly from: string;
}

/** The pairs of answer rows that a node speaks of, with the expressions of both sides. */
function paired(shape: AnswerShape, { left, right, pairs }: Pick<Node<'relate'>, 'left' | 'right' | 'pairs'>): Paired {
  const sameRow = left.part === right.part && pairs.every(([a, b]) => a === b);
  const a = createSource(shape, left.part, 'a');
  if (sameRow) {
    const values = { left: a.read(left.field, left.attr), right: a.read(right.field, right.attr) };
    return { ...values, at: a.key, from: `${a.from()} WHERE ${a.key} IN (${list(pairs.map(([key]) => key))})` };
  }
  const b = createSource(shape, right.part, 'b');
  const values = { left: a.read(left.field, left.attr), right: b.read(right.field, right.attr) };
  const rows = `FROM (${constants(['l', 'r'], pairs)}) p JOIN ${a.rows} ON ${a.key} = p.l JOIN ${b.rows} ON ${b.key} = p.r`;
  return { ...values, at: "p.l || ', ' || p.r", from: `${rows}${a.joins()}${b.joins()} WHERE 1` };
}

export function relate(shape: AnswerShape, node: Node<'relate'>): string {
  const { op, offset } = node;
  const both = paired(shape, node);
  const bound = offset === 0 ? both.right : `${both.right} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
  return `SELECT ${both.at} AS at, ${both.left} || ' / ' || ${both.right} AS found ${both.from} AND NOT COALESCE(${both.left} ${op} ${bound}, 0)`;
}

export function pairRule(shape: AnswerShape, node: Node<'pairs'>): string {
  const { mode, list: listed, table } = node;
  const both = paired(shape, node);
  const known = [
    ...(listed ?? []).map(([a, b]) => `(${both.left} = ${quote(a)} AND ${both.right} = ${quote(b)})`),
    ...(table
      ? [
          `EXISTS (SELECT 1 FROM ${table.name} t WHERE t.${table.left} = ${both.left} AND t.${table.right} = ${both.right})`,
        ]
      : []),
  ].join(' OR ');
  const broken = `(${both.left} IS NULL OR ${both.right} IS NULL OR ${mode === 'required' ? 'NOT ' : ''}COALESCE(${known}, 0))`;
  return `SELECT ${both.at} AS at, ${both.left} || ' / ' || ${both.right} AS found ${both.from} AND ${broken}`;
}
