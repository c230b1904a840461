import type { PaletteEntry } from '../../../../src/stages/synthesize/pack.ts';
import { budget } from './budget.ts';
import { conditions } from './conditions.ts';
import { gaps } from './gaps.ts';
import { implications } from './implications.ts';
import { matches } from './matches.ts';
import { quality } from './quality.ts';
import { tiers } from './tiers.ts';
import { travel } from './travel.ts';
import { variety } from './variety.ts';
import { wishes } from './wishes.ts';

export const palette: readonly PaletteEntry[] = [
  ...budget,
  ...quality,
  ...variety,
  ...wishes,
  ...travel,
  ...matches,
  ...gaps,
  ...tiers,
  ...conditions,
  ...implications,
];
