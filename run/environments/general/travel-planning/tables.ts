import type { Column, Table } from '../../../src/domain/world.ts';

const name = (says: string): Column => ({ name: 'name', type: 'text', role: 'name', unit: 'text', says });
const text = (column: string, says: string): Column => ({
  name: column,
  type: 'text',
  role: 'value',
  unit: 'text',
  says,
});
const int = (column: string, unit: Column['unit'], says: string): Column => ({
  name: column,
  type: 'integer',
  role: 'value',
  unit,
  says,
});
const city = (column = 'city', says = 'city in which it is'): Column => ({
  name: column,
  type: 'text',
  role: 'ref',
  target: 'city.name',
  unit: 'text',
  says,
});
const date = (says: string): Column => ({ name: 'date', type: 'text', role: 'value', unit: 'date', says });

const PRICE = 'EUR cents';
const rating = int('rating_tenths', 'tenths', 'guest rating in tenths of a star, 10 to 50');
const district = text('district', 'district of the city');
const closedOn = text('closed_on', 'weekday on which it is closed, or none');

const PLACES: readonly Table[] = [
  {
    name: 'city',
    says: 'cities of the region',
    key: ['name'],
    columns: [
      name('name of the city'),
      text('country', 'country'),
      text('airport', 'code of the airport that serves the city, or none'),
      int('latitude', 'count', 'latitude in ten-thousandths of a degree, north positive'),
      int('longitude', 'count', 'longitude in ten-thousandths of a degree, east positive'),
    ],
  },
  {
    name: 'connection',
    says: 'ordered pairs of cities between which at least one direct service runs',
    key: ['origin', 'destination'],
    columns: [
      city('origin', 'city of departure'),
      city('destination', 'city of arrival'),
      int('km', 'plain:km', 'great-circle distance in kilometres'),
    ],
  },
  {
    name: 'service',
    says: 'direct services, each running every day and arriving the same day',
    key: ['name'],
    columns: [
      name('number of the service'),
      text('mode', 'flight, train or coach'),
      text('operator', 'company'),
      city('origin', 'city of departure'),
      city('destination', 'city of arrival'),
      int('departs', 'clock', 'departure, minutes after midnight'),
      int('arrives', 'clock', 'arrival, minutes after midnight'),
      int('minutes', 'minutes', 'travel time in minutes'),
      int('price_cents', 'money:EUR', `fare for one person, ${PRICE}`),
      int('carbon_kg', 'plain:kg', 'emissions for one person in kilograms of carbon dioxide'),
    ],
  },
];

const DAYS: readonly Table[] = [
  {
    name: 'calendar',
    says: 'the dates for which weather and timetable are known',
    key: ['date'],
    columns: [date('date, year-month-day'), text('weekday', 'day of the week')],
  },
  {
    name: 'weather',
    says: 'forecast by city and date',
    key: ['city', 'date'],
    columns: [
      city(),
      date('date, year-month-day'),
      text('sky', 'sunny, cloudy, showers, rain or storm'),
      int('rain_mm', 'plain:mm', 'rain of the day in millimetres'),
      int('high_c', 'plain:°C', 'highest temperature in degrees Celsius'),
    ],
  },
];

const VENUES: readonly Table[] = [
  {
    name: 'hotel',
    says: 'hotels',
    key: ['name'],
    columns: [
      name('name of the hotel'),
      city(),
      district,
      int('stars', 'count', 'official class, 2 to 5'),
      int('price_cents', 'money:EUR', `price of a room for one night, ${PRICE}`),
      rating,
      text('breakfast', 'included or extra'),
      int('breakfast_from', 'clock', 'earliest breakfast, minutes after midnight'),
      int('checkin_from', 'clock', 'rooms are ready from, minutes after midnight'),
    ],
  },
  {
    name: 'restaurant',
    says: 'restaurants',
    key: ['name'],
    columns: [
      name('name of the restaurant'),
      city(),
      district,
      text('cuisine', 'cuisine'),
      int('price_cents', 'money:EUR', `price of a meal for one person, ${PRICE}`),
      rating,
      int('lunch_until', 'clock', 'last lunch order, minutes after midnight; 0 where no lunch is served'),
      int('dinner_until', 'clock', 'last dinner order, minutes after midnight; 0 where no dinner is served'),
      closedOn,
      text('terrace', 'yes or no'),
      text('vegetarian', 'whether there is a vegetarian menu, yes or no'),
    ],
  },
  {
    name: 'attraction',
    says: 'sights and activities',
    key: ['name'],
    columns: [
      name('name of the attraction'),
      city(),
      district,
      text('category', 'kind of attraction'),
      int('ticket_cents', 'money:EUR', `ticket for one person, ${PRICE}; 0 where entry is free`),
      rating,
      text('indoor', 'yes or no'),
      int('visit_minutes', 'minutes', 'time that a visit takes in minutes'),
      int('opens', 'clock', 'opens at, minutes after midnight'),
      int('last_entry', 'clock', 'last entry, minutes after midnight: the closing time less the visit'),
      int('closes', 'clock', 'closes at, minutes after midnight'),
      closedOn,
    ],
  },
];

export const tables: readonly Table[] = [...PLACES, ...DAYS, ...VENUES];
