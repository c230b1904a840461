import type { AnswerShape } from '../../../domain/answer.ts';
import type { Constraint } from '../../../domain/constraint.ts';
import type { GatherStep } from '../pack.ts';

/** Names of the tables that the fields and constraints of a task read. */
export function tablesOf(shape: AnswerShape, nodes: readonly Constraint[]): ReadonlySet<string> {
  const fields = shape.parts.flatMap((part) =>
    part.fields.flatMap(({ domain }) => ('table' in domain ? [domain.table] : [])),
  );
  const tables = new Set(fields);
  visit(nodes, (key, value) => {
    if (key === 'table' && typeof value === 'string') tables.add(value);
    if (key === 'table' && typeof value === 'object' && value !== null && 'name' in value)
      tables.add(String(value.name));
  });
  return tables;
}

/** The steps that gather `tables`, and the steps whose results those need, in their order. */
export function stepsFor(steps: readonly GatherStep[], tables: ReadonlySet<string>): GatherStep[] {
  const wanted = new Set(tables);
  for (let before = -1; before !== wanted.size; ) {
    before = wanted.size;
    for (const step of steps) {
      if (wanted.has(step.into))
        for (const source of Object.values(step.args)) wanted.add(source.split('.')[0] as string);
    }
  }
  return steps.filter((step) => wanted.has(step.into));
}

function visit(value: unknown, see: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    see(key, one);
    visit(one, see);
  }
}
