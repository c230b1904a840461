import type { Row, World } from '../../../src/domain/world.ts';
import type { Frame, Witness } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';

/** An answer in which each exam by itself fits its sitting and its duty; students may clash. */
export function fakeWitness({ rows }: World, { shape }: Frame, rng: Rng): Witness {
  const chosen = new Map<string, Readonly<Record<string, Row>>>();
  for (const code of shape.parts[0]?.key.values ?? []) {
    const exam = rows.exam?.find((one) => one.code === code) as Row;
    const sittings = (rows.sitting ?? []).filter(
      (one) =>
        one.equipment === exam.equipment &&
        Number(one.seats) >= Number(exam.enrolled) &&
        Number(one.minutes) >= Number(exam.minutes),
    );
    const sitting = rng.pick(sittings);
    const duty = rng.pick((rows.duty ?? []).filter((one) => one.period === sitting.period));
    chosen.set(String(code), { sitting, duty });
  }
  const row = (_part: string, key: string | number, field: string) => chosen.get(String(key))?.[field] as Row;
  return { row, value: (part, key, field) => String(row(part, key, field).name) };
}
