import { z } from 'zod';
import { Tool } from './tool.ts';
import { Provenance, Table } from './world.ts';

/** The manifest beside world.sqlite. */
export const Environment = z.strictObject({
  format: z.literal('envmint.environment/1'),
  id: z.string(),
  domain: z.string(),
  domainVersion: z.string(),
  engine: z.string(),
  seed: z.string(),
  /** sha-256 of world.sqlite, 64 hex digits. */
  world: z.string(),
  tables: z.array(Table),
  tools: z.array(Tool),
  provenance: z.array(Provenance),
});
export type Environment = z.infer<typeof Environment>;
