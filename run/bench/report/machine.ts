import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

/** What a reader needs to compare figures with: no name of the machine, no address. */
export function describeMachine(python: string): string {
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const { stdout } = spawnSync(
    python,
    ['-c', 'import platform, sqlite3; print(platform.python_version(), sqlite3.sqlite_version)'],
    { encoding: 'utf8' },
  );
  const [pythonVersion, pythonSqlite] = stdout.trim().split(' ');
  return [
    `${availableParallelism()} cores of ${model}, ${gib} GiB, ${type()} ${release().replace(/-.*/, '')}, load ${loadavg()[0]?.toFixed(1)} at the start`,
    `Node.js ${process.versions.node} with SQLite ${sqliteVersion()}`,
    `Python ${pythonVersion} with SQLite ${pythonSqlite}`,
  ].join('; ');
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  const row = database.prepare('SELECT sqlite_version() AS version').get();
  database.close();
  return String(row?.version);
}
