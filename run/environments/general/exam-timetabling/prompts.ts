import type { Frame, Narrative } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

interface Facts {
  readonly institution: string;
  readonly faculty: string;
  readonly exams: number;
  readonly periods: number;
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

type Say = (facts: Facts) => string;

const OPENINGS: readonly Say[] = [
  (f) =>
    `I run the examinations office of the ${f.faculty} at ${f.institution}. Our assessment period goes from ${f.from} to ${f.to}, and ${f.exams} papers still have no place in it. I need a room booking and a lead invigilator for each of them.`,
  (f) =>
    `Exam timetable, ${f.faculty}, ${f.institution}. Dates: ${f.from} to ${f.to}; ${f.days} exam days, ${f.periods} periods. Open: ${f.exams} exams. Assign sitting and duty for all of them.`,
  (f) =>
    `Hello! Could you help me out with a puzzle that has been on my desk all week? The ${f.faculty} of ${f.institution} holds its exams between ${f.from} and ${f.to}. There are ${f.exams} of them left to schedule, and every attempt of mine breaks some rule or other.`,
  (f) =>
    `Our timetabling software broke down two weeks before the exams of the ${f.faculty} (${f.institution}), so this one has to be worked out from the records. ${f.exams} exams need a place on the ${f.days} exam days from ${f.from} to ${f.to}, each with somebody who leads the invigilation.`,
  (f) =>
    `As secretary of the board of examiners at ${f.institution} I have to publish the timetable of the ${f.faculty}. It covers ${f.exams} exams and ${f.periods} periods, the first on ${f.from}, the last on ${f.to}. Please draw it up.`,
  (f) =>
    `The draft timetable of the ${f.faculty} was sent back by the dean with a list of objections. We start afresh: ${f.exams} exams, ${f.days} exam days between ${f.from} and ${f.to}, the rooms and the invigilators that ${f.institution} can offer.`,
  (f) =>
    `I have just taken over scheduling for the ${f.faculty} at ${f.institution}, and my predecessor left me ${f.exams} exams without a date. What can be booked lies between ${f.from} and ${f.to}. Would you put together a timetable that stands up to scrutiny?`,
  (f) =>
    `${f.institution.charAt(0).toUpperCase()}${f.institution.slice(1)}, ${f.faculty}: this term's exams run over ${f.days} days (${f.periods} periods, ${f.from} to ${f.to}). Find a sitting and a duty for each of ${f.exams} exams.`,
];

const DETAILS: readonly string[] = [
  'A sitting is one room in one period, as the estates office offers it; not every room can be had in every period. A duty is one member of staff who has offered to lead an invigilation in one period. Rooms, sittings, staff, duties, exams and enrolments are all on record and can be looked up.',
  'The records know which sittings (a room in a period) can be booked, which duties (a person in a period) are on offer, what each exam needs, and who is enrolled. For each exam choose one sitting and one duty.',
  'Each exam takes one sitting, which is a room in a period that can be booked, and one duty, which is a person who is free to lead an invigilation in a period. Look up what is on offer, what it costs and who sits what; nothing beyond the records is available.',
];

const LEADS: readonly string[] = [
  'The timetable has to keep all of these rules:',
  'These conditions all have to hold at the same time:',
  'What must be respected, without exception:',
  'A timetable is acceptable only if all of the following is true:',
  'The rules, none of which can be waived:',
  'Here is everything that the timetable has to satisfy:',
];

const NOTES: readonly (readonly string[])[] = [
  [
    'Periods are numbered from 1 in the order of time over all exam days; exam days are numbered from 1 in the order of dates, days without exams left out.',
    'Period numbers and day numbers count from 1, earliest first; calendar days on which there are no exams get no number.',
  ],
  [
    'Period, day, start, room, building, campus, seats and fee of an exam are those of its sitting.',
    'Wherever a rule speaks of the period, day, start, room, building, campus, seats or fee of an exam, it means those of the sitting that you choose for it.',
  ],
  [
    'The person who leads an exam is the one whose duty you choose for it; experience, audit rating (1.0 to 5.0 points, higher is better), department and pay are those that the duty states.',
    "Who leads an exam is decided by its duty; that person's experience in whole years, audit rating from 1.0 (worst) to 5.0 (best) and department, and the pay, are as the duty states them.",
  ],
  [
    'Only the exams that are to be placed here count: "the exams of" a department, a year of study, a convenor or a student means those among them, and students are judged by those exams alone.',
    'Exams other than the ones to be placed play no part, neither in what a student sits nor in what belongs to a department, a year of study or a convenor.',
  ],
  [
    'Money is in EUR, times are on the 24-hour clock; "at least" and "at most" include the number itself, "less than" and "before" do not.',
    'Amounts are EUR and clock times 24-hour; a bound said as "at least", "at most" or "no later than" may be met exactly, one said as "less than" or "before" may not.',
  ],
];

/** Who asks, for what, and what the words mean; drawn from `rng` alone. */
export function narrate({ facts }: Frame, rng: Rng): Narrative {
  const known: Facts = {
    institution: String(facts.institution),
    faculty: String(facts.faculty),
    exams: Number(facts.exams),
    periods: Number(facts.periods),
    days: Number(facts.days),
    from: dateText(String(facts.first_date)),
    to: dateText(String(facts.last_date)),
  };
  return {
    intro: [rng.pick(OPENINGS)(known), rng.pick(DETAILS)],
    lead: rng.pick(LEADS),
    notes: NOTES.map((variants) => rng.pick(variants)),
  };
}

/** "2027-05-03" as "3 May 2027". */
function dateText(date: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${day} ${MONTHS[month - 1]} ${year}`;
}
