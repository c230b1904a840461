import type { World } from '../../../../src/domain/world.ts';
import type { Rng } from '../../../../src/util/rng.ts';
import { createNamer } from '../names.ts';
import { tables } from '../tables.ts';
import { createRegion } from './region.ts';
import { connectionsOf, servicesOf } from './timetable.ts';
import { attractionsOf, createTown, hotelsOf, restaurantsOf } from './venues.ts';
import { calendarOf, weatherOf } from './weather.ts';

/** A region of real cities with invented venues, timetables and forecasts. Draws only from `rng`. */
export function createWorld(rng: Rng): World {
  const region = createRegion(rng.fork('region'));
  const cities = [...region.cities].sort((a, b) => (a.name < b.name ? -1 : 1));
  const calendar = calendarOf(rng.fork('calendar'));
  const services = servicesOf(region, rng.fork('services'));
  const namer = createNamer(
    new Set([...cities.map(({ name }) => name), ...services.map((row) => String(row.name))]),
    rng.fork('names'),
  );
  const towns = cities.map(({ name }) => createTown(name, rng.fork(`town/${name}`)));
  return {
    tables,
    rows: {
      city: cities.map(({ name, country, airport, lat, lng }) => ({
        name,
        country,
        airport: airport ?? 'none',
        latitude: lat,
        longitude: lng,
      })),
      connection: connectionsOf(region),
      service: services,
      calendar,
      weather: weatherOf(
        cities,
        calendar.map(({ date }) => String(date)),
        rng.fork('weather'),
      ),
      hotel: towns.flatMap((town) => hotelsOf(town, namer, rng.fork(`hotels/${town.name}`))),
      restaurant: towns.flatMap((town) => restaurantsOf(town, namer, rng.fork(`restaurants/${town.name}`))),
      attraction: towns.flatMap((town) => attractionsOf(town, namer, rng.fork(`attractions/${town.name}`))),
    },
  };
}
