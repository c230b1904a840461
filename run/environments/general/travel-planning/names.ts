import type { Rng } from '../../../src/util/rng.ts';
import type { Mode } from './world/atlas.ts';

/** Invented companies, by mode. */
export const operators: Readonly<Record<Mode, readonly string[]>> = {
  flight: ['Halcyon Air', 'Tern Airways', 'Meridia Wings', 'Bluecap Air'],
  train: ['Northgate Rail', 'Crossland Railways', 'Alder Lines', 'Corvid Rail'],
  coach: ['Longroad Coaches', 'Swiftlane', 'Greenbus', 'Wayfarer Lines'],
};
/** In the order of the companies. */
export const serviceCodes: Readonly<Record<Mode, readonly string[]>> = {
  flight: ['HQ', 'TX', 'MW', 'BC'],
  train: ['RX', 'CR', 'AL', 'CV'],
  coach: ['LC', 'SL', 'GB', 'WL'],
};

export const districts = [
  'Old Town',
  'Harbour',
  'Station Quarter',
  'University Quarter',
  'Market Quarter',
  'Riverside',
  'Hillside',
  'Garden Quarter',
  'Mill District',
  'Theatre District',
  'Cathedral Square',
  'North Gate',
  'Lakeside',
  'Artisan Quarter',
] as const;

export const cuisines = [
  'Italian',
  'French',
  'Japanese',
  'Indian',
  'Mexican',
  'Thai',
  'Lebanese',
  'Greek',
  'Ethiopian',
  'Korean',
  'Peruvian',
  'Spanish',
  'seafood',
  'grill',
  'vegan',
  'regional',
] as const;

/** Category of an attraction, whether it is usually indoors, and the nouns that its names end in. */
export const categories: Readonly<Record<string, { indoor: number; nouns: readonly string[] }>> = {
  museum: { indoor: 1, nouns: ['Museum', 'Collection', 'Museum of Everyday Life', 'Museum of Navigation', 'Archive'] },
  gallery: { indoor: 1, nouns: ['Gallery', 'Art Hall', 'Print Room', 'Sculpture Hall'] },
  garden: { indoor: 0.1, nouns: ['Garden', 'Arboretum', 'Park', 'Palm House'] },
  viewpoint: { indoor: 0.25, nouns: ['Lookout', 'Tower', 'Panorama', 'Terrace'] },
  monument: { indoor: 0.45, nouns: ['Fort', 'Palace', 'Bastion', 'Gatehouse', 'Cloister'] },
  zoo: { indoor: 0.3, nouns: ['Aquarium', 'Aviary', 'Wildlife Park', 'Butterfly House'] },
  market: { indoor: 0.6, nouns: ['Market Hall', 'Bazaar', 'Arcade'] },
  science: { indoor: 0.9, nouns: ['Planetarium', 'Science Centre', 'Observatory', 'Works'] },
};

const COLOURS = [
  'Amber',
  'Azure',
  'Copper',
  'Crimson',
  'Golden',
  'Green',
  'Grey',
  'Indigo',
  'Ivory',
  'Red',
  'Scarlet',
  'Silver',
  'White',
];
const MOODS = [
  'Quiet',
  'Lucky',
  'Wandering',
  'Hidden',
  'Little',
  'Merry',
  'Old',
  'Patient',
  'Singing',
  'Sleeping',
  'Sunny',
  'Tall',
];
const THINGS = [
  'Anchor',
  'Badger',
  'Bell',
  'Candle',
  'Carp',
  'Compass',
  'Crane',
  'Fig',
  'Fox',
  'Hare',
  'Heron',
  'Juniper',
  'Kettle',
  'Ladle',
  'Lantern',
  'Lark',
  'Mulberry',
  'Olive',
  'Otter',
  'Owl',
  'Pear',
  'Pepper',
  'Plum',
  'Quince',
  'Raven',
  'Sail',
  'Saffron',
  'Spoon',
  'Stork',
  'Swan',
  'Thistle',
  'Walnut',
];
const FAMILIES = [
  'Abernathy',
  'Albrecht',
  'Bellweather',
  'Castellan',
  'Corvino',
  'Delacroix',
  'Dunmore',
  'Eskola',
  'Farrow',
  'Ferreira',
  'Galanis',
  'Hallward',
  'Ivanova',
  'Jansson',
  'Kaplan',
  'Lindqvist',
  'Marchetti',
  'Mbeki',
  'Nakagawa',
  'Okafor',
  'Petrakis',
  'Quintero',
  'Rasmussen',
  'Sandoval',
  'Tanaka',
  'Underhill',
  'Valerius',
  'Whitlock',
  'Yilmaz',
  'Zielinski',
];
const HOUSES = ['Hotel', 'Inn', 'House', 'Lodge', 'Residence', 'Suites', 'Guesthouse', 'Court'];
const TABLES = ['Kitchen', 'Table', 'Bistro', 'Eatery', 'Cantina', 'Tavern', 'Dining Room', 'Brasserie'];

/** Draws names that are unique in the whole world. */
export interface Namer {
  hotel(): string;
  restaurant(): string;
  attraction(category: string): string;
}

export function createNamer(taken: ReadonlySet<string>, rng: Rng): Namer {
  const used = new Set(taken);
  const fresh = (make: () => string): string => {
    for (;;) {
      const name = make();
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
  const creature = (): string => `${rng.pick(rng.chance(0.5) ? COLOURS : MOODS)} ${rng.pick(THINGS)}`;
  const pair = (): string => rng.sample(THINGS, 2).join(' & ');
  return {
    hotel: () =>
      fresh(() =>
        rng.pick([
          () => `${rng.pick(HOUSES)} ${rng.pick(FAMILIES)}`,
          () => `${creature()} ${rng.pick(HOUSES)}`,
          () => `${rng.pick(FAMILIES)} ${rng.pick(HOUSES.slice(1))}`,
          () => `${pair()} ${rng.pick(HOUSES.slice(0, 5))}`,
        ])(),
      ),
    restaurant: () =>
      fresh(() =>
        rng.pick([
          () => `The ${creature()}`,
          () => pair(),
          () => `${rng.pick(FAMILIES)} ${rng.pick(TABLES)}`,
          () => `${creature()} ${rng.pick(TABLES)}`,
          () => `${rng.pick(FAMILIES)} & ${rng.pick(FAMILIES)}`,
        ])(),
      ),
    attraction: (category) => {
      const nouns = categories[category]?.nouns ?? ['House'];
      return fresh(
        () => `${rng.pick([() => rng.pick(FAMILIES), () => rng.pick(COLOURS), creature])()} ${rng.pick(nouns)}`,
      );
    },
  };
}
