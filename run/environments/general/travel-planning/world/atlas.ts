import atlas from '../data/cities.json' with { type: 'json' };
import type { Point } from '../geo.ts';

/** A real city of `data/cities.json`. */
export interface Place extends Point {
  readonly name: string;
  readonly code: string;
  readonly country: string;
  /** Code of the airport that its travellers use. */
  readonly airport: string | null;
  /** Places on different land masses have no coach and no train between them. */
  readonly mass: string;
}

/** Islands, by country code or `code/city`; whatever is not named here lies on its continent's mainland. */
const ISLANDS: Readonly<Record<string, string>> = {
  GB: 'Great Britain',
  'GB/Belfast': 'Ireland',
  IE: 'Ireland',
  IS: 'Iceland',
  MT: 'Malta',
  CY: 'Cyprus',
  JP: 'Japan',
  TW: 'Taiwan',
  KR: 'Korea',
  'KR/Jeju City': 'Jeju',
  LK: 'Ceylon',
  MG: 'Madagascar',
  FI: 'Finland',
  CU: 'Cuba',
  DO: 'Hispaniola',
  FJ: 'Viti Levu',
  'SE/Visby': 'Gotland',
  'IT/Palermo': 'Sicily',
  'IT/Catania': 'Sicily',
  'IT/Cagliari': 'Sardinia',
  'GR/Irákleion': 'Crete',
  'GR/Chaniá': 'Crete',
  'CA/Victoria': 'Vancouver Island',
  'AU/Hobart': 'Tasmania',
  'AU/Launceston': 'Tasmania',
  AU: 'Australia',
  NZ: 'South Island',
  ...Object.fromEntries(
    ['Auckland', 'Wellington', 'Hamilton', 'Tauranga', 'Rotorua', 'Napier', 'Palmerston North', 'New Plymouth'].map(
      (city) => [`NZ/${city}`, 'North Island'],
    ),
  ),
  'TZ/Zanzibar': 'Zanzibar',
  'CN/Haikou': 'Hainan',
  'CN/Sanya': 'Hainan',
  'TN/Houmt Souk': 'Djerba',
  MA: 'Maghreb',
  DZ: 'Maghreb',
  TN: 'Maghreb',
  'MY/Kota Kinabalu': 'Borneo',
  'MY/Kuching': 'Borneo',
  'ID/Balikpapan': 'Borneo',
  ID: 'Java',
  'ID/Denpasar': 'Bali',
  'ID/Mataram': 'Lombok',
  'ID/Medan': 'Sumatra',
  'ID/Palembang': 'Sumatra',
  'ID/Padang': 'Sumatra',
  'ID/Makassar': 'Sulawesi',
  PH: 'Luzon',
  ...Object.fromEntries(
    ['Cebu City', 'Davao', 'Iloilo', 'Bacolod City', 'Puerto Princesa', 'Tacloban', 'Cagayan de Oro'].map((city) => [
      `PH/${city}`,
      city,
    ]),
  ),
};

/** Pairs of neighbours without regular services between them. */
const CLOSED: ReadonlySet<string> = new Set([
  'AM AZ',
  'AM TR',
  'CU US',
  'DZ MA',
  'IL KW',
  'IL SA',
  'IN PK',
  'IL IQ',
  'IL OM',
]);

/** Countries without long-distance passenger trains. */
const WITHOUT_RAIL: ReadonlySet<string> = new Set(
  'IS CY MT GT SV HN NI CR PA CO VE EC DO JO KW OM QA BH AE NP PY UY BO RW UG BJ TG GH SN CI MG FJ PH KH AL NA BW'.split(
    ' ',
  ),
);

type Entry = readonly [name: string, code: string, lat: number, lng: number, airport: string | null];
const countries: Readonly<Record<string, string>> = atlas.countries;

export const places: readonly Place[] = (atlas.cities as unknown as readonly Entry[]).map(
  ([name, code, lat, lng, airport]) => ({
    name,
    code,
    country: countries[code] ?? code,
    lat,
    lng,
    airport,
    mass: ISLANDS[`${code}/${name}`] ?? ISLANDS[code] ?? 'mainland',
  }),
);

export type Mode = 'flight' | 'train' | 'coach';

/** Which means of transport make sense between two places that lie `km` apart. */
export function modesBetween(a: Place, b: Place, km: number): Mode[] {
  if (CLOSED.has([a.code, b.code].sort().join(' '))) return [];
  const isByLand = a.mass === b.mass;
  const hasRail = !WITHOUT_RAIL.has(a.code) && !WITHOUT_RAIL.has(b.code);
  const modes: Mode[] = [];
  if (isByLand && km < 350) modes.push('coach');
  if (isByLand && hasRail && km < 900) modes.push('train');
  if (km > 300 && a.airport && b.airport && a.airport !== b.airport) modes.push('flight');
  return modes;
}
