import type { DomainPack } from '../../../src/stages/synthesize/pack.ts';
import { describe } from './describe.ts';
import { createFrame } from './frame.ts';
import { invariants } from './invariants.ts';
import { levels } from './levels.ts';
import { palette } from './palette/index.ts';
import { narrate } from './prompts.ts';
import { provenance } from './provenance.ts';
import { tables } from './tables.ts';
import { aggregateTools, gather, tools } from './tools.ts';
import { createWorld } from './world/index.ts';

/** Trips of two to eight days over real cities with invented venues, timetables and weather. */
export const pack: DomainPack = {
  name: 'travel-planning',
  version: '1.0.0',
  title: 'Multi-day trips through real cities',
  cores: ['slot filling', 'routing'],
  provenance,
  tables,
  tools,
  aggregateTools,
  gather,
  invariants,
  levels,
  palette,
  createWorld,
  frame: createFrame,
  narrate,
  describe,
};
