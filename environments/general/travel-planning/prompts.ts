import type { World } from '../../../src/domain/world.ts';
import type { Frame, Narrative } from '../../../src/stages/synthesize/pack.ts';
import type { Rng } from '../../../src/util/rng.ts';
import { legDates } from './frame.ts';
import { staysIn } from './plan.ts';
import { listed, plural } from './say.ts';

/** The facts of a trip, as phrases. */
interface Trip {
  readonly home: string;
  readonly first: string;
  readonly last: string;
  readonly back: string;
  readonly days: number;
  readonly party: string;
  readonly rooms: string;
  readonly alone: boolean;
  readonly stays: number;
  readonly legs: boolean;
}

type Opening = (trip: Trip) => readonly string[];

const OPENINGS: readonly Opening[] = [
  ({ home, first, last, days, party, rooms }) => [
    `Please work out a trip of ${days} days for ${party} from ${home}. First day ${first}, last day ${last}. ${rooms} needed every night.`,
    'Look names and details up instead of guessing; nothing in the plan may be made up.',
  ],
  ({ home, first, last, party, rooms, alone }) => [
    `Hello! ${alone ? 'I live' : 'We live'} in ${home} and ${alone ? 'I am' : 'we are'} off for a few days at last, from ${first} to ${last}. The party: ${party}; ${alone ? 'I' : 'we'} take ${rooms}.`,
    `Could you put together the whole plan: where to be each day, where to sleep, where to eat at noon and in the evening, and one sight for each afternoon? ${alone ? 'I have' : 'We have'} a few wishes, listed below, and none of them is up for discussion.`,
  ],
  ({ home, first, last, party, rooms }) => [
    `Client file: ${party}, resident in ${home}, travelling ${first} to ${last}, ${rooms}.`,
    'Prepare a day plan that satisfies every item of the brief. A plan that misses one item is returned.',
  ],
  ({ home, first, days, party, rooms, stays }) => [
    `Our travel club in ${home} sends ${party} on a round of ${plural(stays, 'city', 'cities')} in ${plural(days, 'day')}, starting on ${first}. Accommodation is ${rooms} each night.`,
    'The region, its venues and its timetables are in the reference system that you can query. Choose the cities yourself.',
  ],
  ({ home, first, last, party, rooms, alone }) => [
    `I promised ${alone ? 'myself' : 'my family'} a proper holiday. ${alone ? 'I start' : `There are ${party}, and we start`} from ${home} on ${first}; the last full day is ${last}. At night ${alone ? 'I need' : 'we need'} ${rooms}.`,
    `What I would like from you is the plan itself, day by day: city, hotel, lunch, one attraction, dinner. I know it is a lot of conditions, but that is how ${alone ? 'I am' : 'we are'}.`,
  ],
  ({ home, first, last, party, rooms }) => [
    `Subject: itinerary, ${first} to ${last}`,
    `Dear colleague, a delegation of ours (${party}, based in ${home}, ${rooms} a night) will tour the region on these dates. The secretariat has laid down the conditions below. Please return one itinerary that meets all of them; which cities it visits is left to you.`,
  ],
  ({ home, days, first, party, rooms, stays }) => [
    `Need an itinerary. ${plural(days, 'day')}, ${plural(stays, 'city', 'cities')}, start ${first}, origin ${home}, ${party}, ${rooms}.`,
    'Rules follow. All of them are hard.',
  ],
  ({ home, first, last, party, rooms, legs }) => [
    `We produce a travel feature and need a route that readers can really repeat. The reporting team (${party}, ${rooms} a night) sets out from ${home}; the days covered run from ${first} to ${last}.`,
    `Find cities, hotels, lunches, dinners and an attraction for each day${legs ? ', and the services that link them' : ''}. The editors fixed the following points, and fact-checking will go through every one.`,
  ],
];

const LEADS = [
  'The plan must respect all of the following:',
  'These are the conditions, every one of them binding:',
  'Please keep to these points without exception:',
  'What has to hold:',
  'The requirements in full:',
  'A plan is accepted if and only if all of this is true:',
];

/** The story of the trip, in one of several voices, and what makes it unambiguous. */
export function narrate(frame: Frame, _world: World, rng: Rng): Narrative {
  const trip = tripOf(frame);
  return {
    intro: [...rng.pick(OPENINGS)(trip), ...scheduleOf(frame, rng)],
    lead: rng.pick(LEADS),
    notes: notesFor(trip, rng),
  };
}

function tripOf({ facts, shape }: Frame): Trip {
  const travellers = Number(facts.travellers);
  const days = Number(facts.days);
  return {
    home: String(facts.home),
    first: String(facts.first_date),
    last: String(facts.last_date),
    back: String(facts.back_date),
    days,
    party: plural(travellers, 'traveller'),
    rooms: plural(Number(facts.rooms), 'room'),
    alone: travellers === 1,
    stays: staysCount(facts, days),
    legs: shape.parts.length > 1,
  };
}

function staysCount(facts: Frame['facts'], days: number): number {
  let left = days;
  let count = 0;
  for (const nights of String(facts.nights_by_stay).split(' ').map(Number)) {
    if (left <= 0) break;
    left -= nights;
    count++;
  }
  return count;
}

/** Which nights belong together, and when each leg is travelled. */
function scheduleOf(frame: Frame, rng: Rng): string[] {
  const stays = staysIn(frame);
  const double = stays.filter((stay) => stay.dates.length > 1);
  const nights =
    double.length === 0
      ? rng.pick([
          'Every day is in a city of its own, with one night there.',
          'The party changes city every day and stays one night in each.',
        ])
      : `${rng.pick(['The stays are fixed', 'The rhythm is given'])}: ${stays.map((stay, i) => `stay ${i + 1} ${stay.dates.length > 1 ? `on ${listed(stay.dates)} (two nights in one city)` : `on ${stay.dates[0]} (one night)`}`).join('; ')}. Each stay is in one city.`;
  if (frame.shape.parts.length === 1) return [nights];
  const dates = legDates(stays, String(frame.facts.back_date));
  const legs = dates.map((date, i) => `leg ${i + 1} on ${date}`);
  const journeys = rng.pick([
    `One direct service carries the party on each leg: ${listed(legs)}. Leg 1 is the way there, leg ${dates.length} the way home on the day after the last night.`,
    `The legs of the journey, each a single direct service, are dated: ${listed(legs)}; the first starts at home, the last, on the day after the last night, ends there.`,
  ]);
  return [nights, journeys];
}

function notesFor({ legs }: Trip, rng: Rng): string[] {
  const priced = legs ? 'meals, tickets and fares' : 'meals and tickets';
  const money = `All prices are in EUR. Hotel prices are for one room and one night, whatever the number of guests; ${rng.pick(
    [`${priced} are priced per person`, `prices of ${priced} are for one person`],
  )}. A condition counts one person and one room, unless it states the numbers of rooms or travellers itself.`;
  const time = rng.pick([
    'Dates are written year-month-day and times of day as hours and minutes from 00:00 to 23:59. All times are local, and differences between time zones are to be ignored.',
    'Dates have the form YYYY-MM-DD; times use the 24-hour clock. Read every time of day as it stands, without regard to time zones.',
  ]);
  const bounds = rng.pick([
    '"At most" and "at least" include the number itself, "less than" and "more than" do not.',
    'A limit given as "at most", "no more than", "at least" or "no less than" may be met exactly; "less than", "under", "before" and "more than" are strict.',
  ]);
  const rating = 'Guest ratings have one decimal, from 1.0 to 5.0; averages are exact and never rounded.';
  const days = rng.pick([
    'The city of a day is the city of its hotel, lunch, attraction and dinner; a night belongs to the date on which it begins.',
    'A hotel named for a date is the one for the night that begins on that date.',
  ]);
  const counted =
    'Where a condition speaks of every day or of the whole trip, each date counts once, so a hotel of two nights counts twice.';
  return [money, days, counted, time, bounds, rating];
}
