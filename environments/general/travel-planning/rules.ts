import type { Constraint, Node, Side } from '../../../src/domain/constraint.ts';
import type { Rule } from '../../../src/stages/synthesize/pack.ts';
import { type DayField, day, firstOf, lastOf, leg, type Stay, samePairs, steps, weekday } from './plan.ts';
import { listed } from './say.ts';

/** Minutes from arrival to the last lunch order, and to the last entry of the attraction, at least. */
const BEFORE_LUNCH = 30;
const BEFORE_ENTRY = 120;

type Pairs = Node<'relate'>['pairs'];

const rule = (
  id: string,
  constraint: Constraint,
  { subject, says }: { subject: string; says: readonly string[] },
): Rule => ({
  id,
  constraint,
  wording: { subject, unit: 'minutes', templates: says },
});
const same = (left: Side, right: Side, pairs: Pairs): Constraint => ({
  kind: 'relate',
  left,
  right,
  pairs,
  op: '=',
  offset: 0,
});
const differ = (left: Side, right: Side, pairs: Pairs): Constraint => ({
  kind: 'relate',
  left,
  right,
  pairs,
  op: '<>',
  offset: 0,
});

/** What holds of the days of every trip. `hasLegs` says that journeys are in the answer, which then have rules of their own. */
export function dayRules(stays: readonly Stay[], home: string, hasLegs: boolean): Rule[] {
  const dates = stays.flatMap((stay) => stay.dates);
  return [
    ...placeRules(dates),
    ...cityRules(stays, home, hasLegs),
    onceRule(),
    ...stayRules(stays),
    ...mealRules(dates, hasLegs ? stays.flatMap((stay) => stay.dates.slice(1)) : dates),
    ...(dates.length >= 3 ? openRules(dates) : []),
  ];
}

const PLACED: readonly (readonly [DayField, string])[] = [
  ['hotel', 'hotel'],
  ['lunch', 'lunch restaurant'],
  ['attraction', 'attraction'],
  ['dinner', 'dinner restaurant'],
];

const placeRules = (dates: readonly string[]): Rule[] =>
  PLACED.map(([field, noun]) =>
    rule(`${field}-in-city`, same(day(field, { column: 'city' }), day('city'), samePairs(dates)), {
      subject: `the ${noun}`,
      says: [
        `Every day's ${noun} is in the city of that day`,
        `The ${noun} of each day must be in the same city as the day itself`,
      ],
    }),
  );

function cityRules(stays: readonly Stay[], home: string, hasLegs: boolean): Rule[] {
  const firsts = stays.map(firstOf);
  const moves = steps(stays).map(([before, after]): [string, string] => [lastOf(before), firstOf(after)]);
  const connected: Constraint = {
    kind: 'pairs',
    mode: 'required',
    left: day('city'),
    right: day('city'),
    pairs: moves,
    table: { name: 'connection', left: 'origin', right: 'destination' },
  };
  const away: Constraint = {
    kind: 'each',
    part: 'days',
    field: 'city',
    condition: { attr: {}, op: '<>', values: [home] },
  };
  return [
    // Two stays differ anyway: no service leads from a city to itself.
    ...(stays.length > 2
      ? [
          rule(
            'new-cities',
            { kind: 'all-different', terms: [{ part: 'days', field: 'city', attr: {}, keys: firsts }] },
            {
              subject: 'the cities of the stays',
              says: [
                'Every stay is in a city of its own: no city is visited in two different stays',
                'Never come back to a city after leaving it: the stays are all in different cities',
              ],
            },
          ),
        ]
      : []),
    rule('away-from-home', away, {
      subject: 'the city of each day',
      says: [`No day is spent in ${home}, where the party lives`, `${home} is home and cannot be the city of any day`],
    }),
    ...(hasLegs
      ? []
      : [
          rule('connected', connected, {
            subject: 'each move between cities',
            says: [
              'There is a direct service from the city of each stay to the city of the next one',
              'Consecutive stays must be in cities joined by a direct service in the direction of travel',
            ],
          }),
        ]),
  ];
}

const onceRule = (): Rule =>
  rule(
    'restaurants-once',
    {
      kind: 'all-different',
      terms: [
        { part: 'days', field: 'lunch', attr: {} },
        { part: 'days', field: 'dinner', attr: {} },
      ],
    },
    {
      subject: 'the restaurants',
      says: [
        'No restaurant is used more than once in the whole trip, lunches and dinners taken together',
        'Lunches and dinners are all at different restaurants',
      ],
    },
  );

/** Stays of two nights: one hotel, and sights that differ (in stays of one night they differ anyway, with their cities). */
function stayRules(stays: readonly Stay[]): Rule[] {
  const nights = stays.flatMap((stay) => steps(stay.dates));
  if (nights.length === 0) return [];
  const said = nights.map(([a, b]) => `${a} and ${b}`).join('; ');
  return [
    rule('one-hotel-per-stay', same(day('hotel'), day('hotel'), nights), {
      subject: 'the hotel of a stay of two nights',
      says: [
        `Within a stay of two nights the party keeps its hotel (${said})`,
        `The hotel does not change during a stay of two nights (${said})`,
      ],
    }),
    rule(
      'attractions-once',
      { kind: 'all-different', terms: [{ part: 'days', field: 'attraction', attr: {} }] },
      {
        subject: 'the attractions',
        says: ['No attraction is visited twice', 'All attractions of the trip are different ones'],
      },
    ),
  ];
}

/** On days of arrival the rule about lunch after the journey says that lunch is served. */
function mealRules(dates: readonly string[], lunchDates: readonly string[]): Rule[] {
  const served = (field: 'lunch' | 'dinner', keys: readonly string[]): Constraint => ({
    kind: 'each',
    part: 'days',
    field,
    ...(keys.length === dates.length ? {} : { keys: [...keys] }),
    condition: { attr: { column: `${field}_until` }, op: '>', values: [0] },
  });
  const on = lunchDates.length === dates.length ? '' : ` on ${listed(lunchDates)}`;
  const lunch = rule('lunch-served', served('lunch', lunchDates), {
    subject: 'the lunch restaurant',
    says: [
      `Lunch${on} is at a restaurant that serves lunch`,
      `Every lunch restaurant${on} must be one that serves lunch`,
    ],
  });
  const dinner = rule('dinner-served', served('dinner', dates), {
    subject: 'the dinner restaurant',
    says: ['Dinner is at a restaurant that serves dinner', 'Every dinner restaurant must be one that serves dinner'],
  });
  return lunchDates.length > 0 ? [lunch, dinner] : [dinner];
}

const openRules = (dates: readonly string[]): Rule[] =>
  PLACED.slice(1).map(([field, noun]) =>
    rule(`${field}-open`, differ(day(field, { column: 'closed_on' }), weekday(field), samePairs(dates)), {
      subject: `the ${noun}`,
      says: [
        `No ${noun} is used on the weekday on which it is closed`,
        `The ${noun} of each day must not be closed on that day's weekday`,
      ],
    }),
  );

/** What holds of the journeys: there, onward and back, on the first day of each stay and on the day after the last night. */
export function legRules(stays: readonly Stay[], home: string): Rule[] {
  const back = stays.length + 1;
  const arrivals: Pairs = stays.map((stay) => [stay.leg, firstOf(stay)]);
  const departures: Pairs = stays.map((stay) => [stay.leg + 1, lastOf(stay)]);
  const at = (column: string, key: number): Constraint => ({
    kind: 'each',
    part: 'legs',
    field: 'service',
    keys: [key],
    condition: { attr: { column }, op: '=', values: [home] },
  });
  const before = (field: DayField, column: string, minutes: number): Constraint => ({
    kind: 'relate',
    left: leg('arrives'),
    right: day(field, { column }),
    pairs: arrivals,
    op: '<=',
    offset: -minutes,
  });
  return [
    rule('leave-from-home', at('origin', 1), {
      subject: 'leg 1',
      says: [`Leg 1 departs from ${home}`, `The first leg starts in ${home}`],
    }),
    rule('return-home', at('destination', back), {
      subject: `leg ${back}`,
      says: [`Leg ${back} arrives in ${home}`, `Leg ${back}, the last one, ends in ${home}`],
    }),
    rule('leg-to-city', same(leg('destination'), day('city'), arrivals), {
      subject: 'the destination of each leg',
      says: [
        'Each leg but the last arrives in the city of the day on which it is travelled',
        'Every leg except the last one takes the party to the city of its date',
      ],
    }),
    rule('leg-from-city', same(leg('origin'), day('city'), departures), {
      subject: 'the origin of each leg',
      says: [
        'Each leg but the first departs from the city of the day before its date',
        'Every leg except the first one leaves from the city where the previous night was spent',
      ],
    }),
    rule('arrive-for-lunch', before('lunch', 'lunch_until', BEFORE_LUNCH), {
      subject: 'the arrival of each leg but the last',
      says: [
        `On a day of arrival lunch is at a restaurant that serves lunch, and the leg arrives at least {offset} before its last lunch order`,
        `Each leg but the last arrives {offset} or more before the last lunch order of that day's lunch restaurant, which must serve lunch`,
      ],
    }),
    rule('arrive-for-entry', before('attraction', 'last_entry', BEFORE_ENTRY), {
      subject: 'the arrival of each leg but the last',
      says: [
        `On a day of arrival the leg arrives at least {offset} before the last entry of that day's attraction`,
        `Each leg but the last arrives {offset} or more before the attraction of that day admits its last visitors`,
      ],
    }),
  ];
}
