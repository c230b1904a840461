import type { DomainPack } from '../../../src/stages/synthesize/pack.ts';
import { describe } from './describe.ts';
import { createFrame } from './frame.ts';
import { invariants } from './invariants.ts';
import { levels } from './levels.ts';
import { palette } from './palette/index.ts';
import { narrate } from './prompts.ts';
import { tables } from './tables.ts';
import { aggregateTools, gather, tools } from './tools.ts';
import { createWorld } from './world/index.ts';

/** Exams of a faculty into rooms, periods and duties: colouring of a conflict graph with capacities. */
export const pack: DomainPack = {
  name: 'exam-timetabling',
  version: '1.0.0',
  title: 'Exam timetabling',
  cores: ['timetabling'],
  provenance: [
    {
      what: 'All tables',
      source: 'Drawn from a seed by this pack; people, places and institutions are invented',
      licence: 'CC0-1.0',
      attribution: 'None needed',
    },
  ],
  tables,
  tools,
  aggregateTools,
  gather,
  invariants,
  levels,
  palette,
  createWorld,
  frame: createFrame,
  narrate: (frame, _world, rng) => narrate(frame, rng),
  describe,
};
