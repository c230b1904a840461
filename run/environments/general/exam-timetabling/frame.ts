import type { AnswerShape } from '../../../src/domain/answer.ts';
import type { Row, World } from '../../../src/domain/world.ts';
import type { Frame } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { faculties, institutions } from './names/institutions.ts';
import { toRules } from './rules.ts';
import { PART } from './slots.ts';

/** Places for the first `size` exams of an order that `rng` draws, each with a person who leads the invigilation. */
export function createFrame(world: World, size: number, rng: Rng): Frame {
  const exams = orderExams(world, rng.fork('order')).slice(0, size);
  const periods = world.rows.period ?? [];
  const facts = rng.fork('facts');
  return {
    size,
    shape: toShape(exams),
    rules: toRules(exams),
    facts: {
      institution: facts.pick(institutions),
      faculty: facts.pick(faculties),
      exams: exams.length,
      periods: periods.length,
      days: Number(periods.at(-1)?.day),
      first_date: String(periods[0]?.date),
      last_date: String(periods.at(-1)?.date),
    },
  };
}

/** A random order in which each exam clashes with an earlier one where that is possible; one with special needs comes first, so that every rule has something to say. */
function orderExams(world: World, rng: Rng): string[] {
  const left = rng.shuffle(world.rows.exam ?? []);
  const sitters = groupSitters(world);
  const chosen: Row[] = [];
  take(left.findIndex((exam) => exam.step_free === 1));
  take(left.findIndex((exam) => exam.equipment !== 'writing desks' && isTied(exam)));
  while (left.length > 0) take(left.findIndex(isTied));
  return chosen.map((exam) => String(exam.code));

  function take(at: number): void {
    chosen.push(...left.splice(Math.max(0, at), 1));
  }

  function isTied(exam: Row): boolean {
    const own = sitters.get(exam.code);
    return chosen.some((other) => [...(sitters.get(other.code) ?? [])].some((student) => own?.has(student)));
  }
}

function groupSitters(world: World): Map<unknown, Set<unknown>> {
  const sitters = new Map<unknown, Set<unknown>>();
  for (const { exam, student } of world.rows.enrolment ?? []) {
    const group = sitters.get(exam) ?? new Set();
    sitters.set(exam, group.add(student));
  }
  return sitters;
}

function toShape(exams: readonly string[]): AnswerShape {
  return {
    parts: [
      {
        name: PART,
        key: { field: 'exam', says: 'code of the exam', values: [...exams] },
        fields: [
          {
            name: 'sitting',
            says: 'code of the sitting (room and period) that the exam gets',
            domain: { table: 'sitting', column: 'name' },
          },
          {
            name: 'duty',
            says: 'code of the duty of the person who leads the invigilation',
            domain: { table: 'duty', column: 'name' },
          },
        ],
      },
    ],
  };
}
