import type { Rng } from '../../../../src/util/rng.ts';
import type { Draft } from './exams.ts';
import { pickWeighted } from './random.ts';

export type Student = Readonly<{ name: string; department: string }>;
export type Enrolment = Readonly<{ student: string; exam: string }>;

/** Two cohorts a department choose from its papers and a few of others: that keeps the conflict graph dense but not complete. */
const COHORTS = 2;
const BORROWED = 5;
const EXAMS_EACH = [3, 4, 4, 5, 5, 6] as const;
const FEWEST = 3;
const GIVE_UP_AFTER = 60;

interface Cohort {
  readonly department: string;
  readonly pool: readonly Draft[];
}

/** Students and what they sit: nobody has two exams in one planned period, or three on one planned day. */
export function enrol(
  drafts: readonly Draft[],
  nextName: () => string,
  rng: Rng,
): { students: Student[]; enrolments: Enrolment[] } {
  const cohorts = createCohorts(drafts, rng);
  const open = new Map(drafts.map((draft) => [draft.code, draft.target]));
  const students: Student[] = [];
  const enrolments: Enrolment[] = [];
  for (let failures = 0; failures < GIVE_UP_AFTER; ) {
    const weights = cohorts.map(({ pool }) => pool.reduce((sum, draft) => sum + (open.get(draft.code) ?? 0), 0));
    if (weights.every((weight) => weight === 0)) break;
    const cohort = pickWeighted(cohorts, weights, rng);
    const chosen = chooseExams(cohort.pool, open, rng);
    if (chosen.length < FEWEST) {
      failures++;
      continue;
    }
    const student = { name: nextName(), department: cohort.department };
    students.push(student);
    for (const { code } of chosen) {
      open.set(code, (open.get(code) ?? 0) - 1);
      enrolments.push({ student: student.name, exam: code });
    }
  }
  return { students, enrolments };
}

function createCohorts(drafts: readonly Draft[], rng: Rng): Cohort[] {
  const departments = [...new Set(drafts.map((draft) => draft.department))];
  return departments.flatMap((department) => {
    const own = drafts.filter((draft) => draft.department === department);
    const others = rng.shuffle(drafts.filter((draft) => draft.department !== department));
    return Array.from({ length: COHORTS }, (_, i) => ({
      department,
      pool: [...own, ...others.slice(i * BORROWED, (i + 1) * BORROWED)],
    }));
  });
}

function chooseExams(pool: readonly Draft[], open: ReadonlyMap<string, number>, rng: Rng): Draft[] {
  const chosen: Draft[] = [];
  const wanted = rng.pick(EXAMS_EACH);
  while (chosen.length < wanted) {
    const left = pool.filter((draft) => (open.get(draft.code) ?? 0) > 0 && fits(draft, chosen));
    if (left.length === 0) break;
    chosen.push(
      pickWeighted(
        left,
        left.map((draft) => open.get(draft.code) ?? 0),
        rng,
      ),
    );
  }
  return chosen;
}

function fits({ at }: Draft, chosen: readonly Draft[]): boolean {
  const sameDay = chosen.filter((other) => other.at.period.day === at.period.day);
  return sameDay.length < 2 && sameDay.every((other) => other.at.period.number !== at.period.number);
}
