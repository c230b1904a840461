import type { DomainPack } from '../../../src/stages/synthesize/pack.ts';
import { describe } from './describe.ts';
import { frame } from './frame.ts';
import { invariants } from './invariants.ts';
import { levels } from './levels.ts';
import { conditionalEntries } from './palette/conditional.ts';
import { costEntries } from './palette/cost.ts';
import { machineEntries } from './palette/machines.ts';
import { pairEntries } from './palette/pairs.ts';
import { resourceEntries } from './palette/resources.ts';
import { sequenceEntries } from './palette/sequence.ts';
import { startEntries } from './palette/starts.ts';
import { tierEntries } from './palette/tiers.ts';
import { timeEntries } from './palette/time.ts';
import { narrate } from './prompts.ts';
import { tables } from './tables.ts';
import { aggregateTools, gather, tools } from './tools.ts';
import { createWorld } from './world.ts';

export const pack: DomainPack = {
  name: 'job-shop',
  version: '1',
  title: 'Job-shop scheduling',
  cores: ['scheduling'],
  provenance: [
    {
      what: 'all tables',
      source:
        'generated from a seed and from the word lists of this pack, in which makers, people and customers are invented',
      licence: 'Apache-2.0',
      attribution: 'Envmint',
    },
  ],
  tables,
  tools,
  aggregateTools,
  gather,
  invariants,
  levels,
  palette: [
    ...timeEntries,
    ...sequenceEntries,
    ...startEntries,
    ...costEntries,
    ...resourceEntries,
    ...machineEntries,
    ...pairEntries,
    ...conditionalEntries,
    ...tierEntries,
  ],
  createWorld,
  frame,
  narrate,
  describe,
};
