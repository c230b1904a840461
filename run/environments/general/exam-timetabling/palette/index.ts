import type { PaletteEntry } from '../../../../src/stages/synthesize/pack.ts';
import { bounds } from './bounds.ts';
import { candidates } from './candidates.ts';
import { couples } from './couples.ts';
import { implications } from './implies.ts';
import { limits } from './limits.ts';
import { spread } from './spread.ts';
import { tiers } from './tiers.ts';
import { whenevers } from './whenever.ts';

/** All that may be added to the frame's rules. */
export const palette: readonly PaletteEntry[] = [
  ...bounds,
  ...spread,
  ...candidates,
  ...couples,
  ...limits,
  ...whenevers,
  ...implications,
  ...tiers,
];
