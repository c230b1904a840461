import type { Column, Table } from '../../domain/world.ts';

/** The statements that make `table` and its indexes. */
export function tableSql(table: Table, tables: readonly Table[]): string[] {
  const columns = table.columns.map((column) => columnSql(column, table));
  const foreign = table.columns.flatMap((column) => foreignKeySql(column, tables));
  const parts = [...columns, `PRIMARY KEY (${table.key.map(quoted).join(', ')})`, ...foreign];
  const create = `CREATE TABLE ${quoted(table.name)} (\n  ${parts.join(',\n  ')}\n)`;
  const indexed = table.columns.filter(({ name, role }) => role === 'ref' && name !== table.key[0]);
  return [create, ...indexed.map(({ name }) => indexSql(table, name))];
}

export const quoted = (name: string): string => `"${name}"`;

function columnSql({ name, type, role }: Column, { key }: Table): string {
  const isAlone = key.length === 1 && key[0] === name;
  return [quoted(name), type.toUpperCase(), key.includes(name) && 'NOT NULL', role === 'name' && !isAlone && 'UNIQUE']
    .filter(Boolean)
    .join(' ');
}

/** Only a column that is unique by itself can be referenced. */
function foreignKeySql({ name, target }: Column, tables: readonly Table[]): string[] {
  const [tableName, columnName] = target?.split('.') ?? [];
  const table = tables.find((each) => each.name === tableName);
  const column = table?.columns.find((each) => each.name === columnName);
  if (!table || !column) return [];
  if (column.role !== 'name' && !(table.key.length === 1 && table.key[0] === column.name)) return [];
  return [`FOREIGN KEY (${quoted(name)}) REFERENCES ${quoted(table.name)} (${quoted(column.name)})`];
}

/** With the rest of a composite key, so that who goes from one side of a link to the other need not read the table. */
function indexSql({ name, key }: Table, column: string): string {
  const columns = key.includes(column) ? [column, ...key.filter((each) => each !== column)] : [column];
  return `CREATE INDEX ${quoted(`${name}_${column}`)} ON ${quoted(name)} (${columns.map(quoted).join(', ')})`;
}
