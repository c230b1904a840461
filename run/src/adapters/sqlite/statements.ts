import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Prepares each text once for a database. */
export function createStatements(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
