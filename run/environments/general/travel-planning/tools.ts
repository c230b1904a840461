import type { Tool, ToolParameter } from '../../../src/domain/tool.ts';
import type { GatherStep } from '../../../src/stages/synthesize/pack.ts';

type Parameters = Tool['parameters'];
const key = (description: string, column: string): ToolParameter => ({ type: 'string', description, key: column });

const CITY: Parameters = { city: key('name of a city', 'city.name') };
const HOTEL: Parameters = { hotel: key('name of a hotel', 'hotel.name') };
const RESTAURANT: Parameters = { restaurant: key('name of a restaurant', 'restaurant.name') };
const ATTRACTION: Parameters = { attraction: key('name of an attraction', 'attraction.name') };
const MAX_PRICE: Parameters = { max_price_cents: { type: 'integer', description: 'highest price in EUR cents' } };

interface Lookup {
  readonly name: string;
  readonly description: string;
  readonly parameters?: Parameters;
  readonly sql: string;
}

const tool = (returns: Tool['returns'], { name, description, parameters = {}, sql }: Lookup): Tool => ({
  name,
  description,
  parameters,
  sql,
  returns,
  effect: 'read',
});

const CITIES: readonly Tool[] = [
  tool('rows', {
    name: 'list_cities',
    description: 'Names of all cities of the region.',
    sql: 'SELECT name FROM city ORDER BY name',
  }),
  tool('row', {
    name: 'get_city',
    description:
      'Country of a city, code of the airport that serves it (none where there is none), latitude and longitude in ten-thousandths of a degree.',
    parameters: CITY,
    sql: 'SELECT name, country, airport, latitude, longitude FROM city WHERE name = :city ORDER BY name',
  }),
  tool('rows', {
    name: 'list_cities_by_airport',
    description: 'Names of the cities that an airport serves.',
    parameters: { airport: key('three-letter airport code', 'city.airport') },
    sql: "SELECT name FROM city WHERE airport = :airport AND airport <> 'none' ORDER BY name",
  }),
  tool('rows', {
    name: 'list_dates',
    description: 'All dates for which there is a forecast, each with its weekday.',
    sql: 'SELECT date, weekday FROM calendar ORDER BY date',
  }),
  tool('row', {
    name: 'get_weather',
    description:
      'Forecast for a city on a date: sky, rain of the day in millimetres, highest temperature in degrees Celsius.',
    parameters: { ...CITY, date: key('date, year-month-day', 'calendar.date') },
    sql: 'SELECT city, date, sky, rain_mm, high_c FROM weather WHERE city = :city AND date = :date ORDER BY city, date',
  }),
];

const TRANSPORT: readonly Tool[] = [
  tool('rows', {
    name: 'list_connections',
    description:
      'Cities that can be reached from a city by a direct service, with the great-circle distance in kilometres.',
    parameters: CITY,
    sql: 'SELECT origin, destination, km FROM connection WHERE origin = :city ORDER BY destination',
  }),
  tool('rows', {
    name: 'list_departures',
    description: 'Numbers of all direct services that leave a city. Every service runs daily.',
    parameters: CITY,
    sql: 'SELECT name FROM service WHERE origin = :city ORDER BY name',
  }),
  tool('row', {
    name: 'get_service',
    description:
      'A service by its number: mode (flight, train, coach), operator, origin and destination city, departure and arrival (minutes after midnight, same day), travel time in minutes, fare for one person in EUR cents, emissions for one person in kilograms of carbon dioxide.',
    parameters: { service: key('number of a service', 'service.name') },
    sql: 'SELECT name, mode, operator, origin, destination, departs, arrives, minutes, price_cents, carbon_kg FROM service WHERE name = :service ORDER BY name',
  }),
  tool('rows', {
    name: 'search_services',
    description:
      'All direct services from one city to another with departure and arrival (minutes after midnight) and fare for one person in EUR cents, cheapest first.',
    parameters: {
      origin: key('city of departure', 'city.name'),
      destination: key('city of arrival', 'city.name'),
    },
    sql: 'SELECT name, mode, departs, arrives, price_cents FROM service WHERE origin = :origin AND destination = :destination ORDER BY price_cents, name',
  }),
];

const VENUES: readonly Tool[] = [
  tool('rows', {
    name: 'list_hotels',
    description: 'Names of the hotels of a city.',
    parameters: CITY,
    sql: 'SELECT name FROM hotel WHERE city = :city ORDER BY name',
  }),
  tool('row', {
    name: 'get_hotel',
    description:
      'A hotel by name: district, class (2 to 5), price of a room for one night in EUR cents, guest rating in tenths of a star, whether breakfast is included or extra, earliest breakfast and earliest check-in (minutes after midnight).',
    parameters: HOTEL,
    sql: 'SELECT name, district, stars, price_cents, rating_tenths, breakfast, breakfast_from, checkin_from FROM hotel WHERE name = :hotel ORDER BY name',
  }),
  tool('value', {
    name: 'get_city_of_hotel',
    description: 'City in which a hotel is.',
    parameters: HOTEL,
    sql: 'SELECT city FROM hotel WHERE name = :hotel ORDER BY city',
  }),
  tool('rows', {
    name: 'search_hotels',
    description:
      'Hotels of a city up to a price per night in EUR cents, with price and guest rating (tenths of a star), cheapest first.',
    parameters: { ...CITY, ...MAX_PRICE },
    sql: 'SELECT name, price_cents, rating_tenths FROM hotel WHERE city = :city AND price_cents <= :max_price_cents ORDER BY price_cents, name',
  }),
  tool('rows', {
    name: 'list_restaurants',
    description: 'Names of the restaurants of a city.',
    parameters: CITY,
    sql: 'SELECT name FROM restaurant WHERE city = :city ORDER BY name',
  }),
  tool('row', {
    name: 'get_restaurant',
    description:
      'A restaurant by name: district, cuisine, price of a meal for one person in EUR cents, guest rating in tenths of a star, last lunch order and last dinner order (minutes after midnight, 0 where that meal is not served), weekday on which it is closed (or none), terrace and vegetarian menu (yes or no).',
    parameters: RESTAURANT,
    sql: 'SELECT name, district, cuisine, price_cents, rating_tenths, lunch_until, dinner_until, closed_on, terrace, vegetarian FROM restaurant WHERE name = :restaurant ORDER BY name',
  }),
  tool('value', {
    name: 'get_city_of_restaurant',
    description: 'City in which a restaurant is.',
    parameters: RESTAURANT,
    sql: 'SELECT city FROM restaurant WHERE name = :restaurant ORDER BY city',
  }),
  tool('rows', {
    name: 'list_attractions',
    description: 'Names of the attractions of a city.',
    parameters: CITY,
    sql: 'SELECT name FROM attraction WHERE city = :city ORDER BY name',
  }),
  tool('row', {
    name: 'get_attraction',
    description:
      'An attraction by name: district, category, ticket for one person in EUR cents, guest rating in tenths of a star, indoor (yes or no), time of a visit in minutes, opening, last entry and closing time (minutes after midnight), weekday on which it is closed (or none).',
    parameters: ATTRACTION,
    sql: 'SELECT name, district, category, ticket_cents, rating_tenths, indoor, visit_minutes, opens, last_entry, closes, closed_on FROM attraction WHERE name = :attraction ORDER BY name',
  }),
  tool('value', {
    name: 'get_city_of_attraction',
    description: 'City in which an attraction is.',
    parameters: ATTRACTION,
    sql: 'SELECT city FROM attraction WHERE name = :attraction ORDER BY city',
  }),
];

export const tools: readonly Tool[] = [...CITIES, ...TRANSPORT, ...VENUES];

/** The tools that rank or cut by an attribute. */
export const aggregateTools: readonly string[] = ['search_services', 'search_hotels'];

const EACH_CITY = { city: 'city.name' };

/** Everything that a constraint may refer to, from `list_cities` and `list_dates` on. */
export const gather: readonly GatherStep[] = [
  { tool: 'list_cities', into: 'city', args: {} },
  { tool: 'get_city', into: 'city', args: EACH_CITY },
  { tool: 'list_dates', into: 'calendar', args: {} },
  {
    tool: 'get_weather',
    into: 'weather',
    args: { ...EACH_CITY, date: 'calendar.date' },
    merge: { city: 'city', date: 'date' },
  },
  { tool: 'list_connections', into: 'connection', args: EACH_CITY, merge: { origin: 'city' } },
  { tool: 'list_departures', into: 'service', args: EACH_CITY, merge: { origin: 'city' } },
  { tool: 'get_service', into: 'service', args: { service: 'service.name' }, merge: { name: 'service' } },
  ...(['hotel', 'restaurant', 'attraction'] as const).flatMap((kind): GatherStep[] => [
    { tool: `list_${kind}s`, into: kind, args: EACH_CITY, merge: { city: 'city' } },
    { tool: `get_${kind}`, into: kind, args: { [kind]: `${kind}.name` }, merge: { name: kind } },
  ]),
];
