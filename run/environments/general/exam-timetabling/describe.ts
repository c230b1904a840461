import type { Row, World } from '../../../src/domain/world.ts';
import type { Description } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';

/** Says a building by a room in it, and a department (always spoken of with its article) by a paper that it sets; null for anything else. */
export function describe(world: World, name: string, rng: Rng): Description | null {
  const rows = (table: string, column: string): readonly Row[] =>
    (world.rows[table] ?? []).filter((row) => row[column] === name);

  const rooms = rows('room', 'building');
  if (rooms.length > 0) {
    const room = String(rng.pick(rooms).name);
    return { says: `the building that houses ${room}`, table: 'room', where: { name: room }, column: 'building' };
  }

  const exams = rows('exam', 'department');
  if (exams.length > 0) {
    const title = String(rng.pick(exams).title);
    return {
      says: `department that sets the paper "${title}"`,
      table: 'exam',
      where: { title },
      column: 'department',
    };
  }
  return null;
}
