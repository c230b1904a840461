import { z } from 'zod';
import { Recipe } from './recipe.ts';

/** A layer as it was made or found. */
const BuiltLayer = z.strictObject({
  kind: z.enum(['base', 'dependencies', 'instance']),
  /** Hash of all that decides its content. */
  key: z.string(),
  /** "sha256:…" of the image's configuration: what a container is started from. */
  image: z.string(),
  name: z.string(),
  /** What it adds to the layer below, in bytes. */
  addedBytes: z.int().nonnegative(),
  isReused: z.boolean(),
  ms: z.number(),
});
export type BuiltLayer = z.infer<typeof BuiltLayer>;

/** A recipe that was tried. */
const Attempt = z.strictObject({
  variant: z.string(),
  outcome: z.enum(['built', 'failed', 'no-tests', 'leak']),
  /** The step that failed, null where none did. */
  step: z.string().nullable(),
  detail: z.string(),
  ms: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

/** What was looked for in an image that must know nothing of the fix, and what was found: nothing, or it would not be here. */
export const LeakEvidence = z.record(z.string(), z.unknown());

/** The image of one candidate, and how it came to be: `items/<id>/build.json`. */
export const BuiltImage = z.strictObject({
  format: z.literal('envmint.build/1'),
  id: z.string(),
  recipe: Recipe,
  platform: z.string(),
  engine: z.string(),
  /** Lowest first. */
  layers: z.array(BuiltLayer).min(1),
  /** The instance image. */
  image: z.string(),
  imageName: z.string(),
  sizeBytes: z.int(),
  /** The day that dependencies were resolved for, null where lock files decide alone. */
  dependencyDate: z.string().nullable(),
  attempts: z.array(Attempt),
  leaks: LeakEvidence,
  ms: z.number(),
});
export type BuiltImage = z.infer<typeof BuiltImage>;

/** A built image that lies in the run's artifacts; small, for the ledger. */
export const BuiltRef = z.object({
  id: z.string(),
  image: z.string(),
  /** Of the artifact, and of the candidate beside it. */
  path: z.string(),
  candidatePath: z.string(),
  hash: z.string(),
});
export type BuiltRef = z.infer<typeof BuiltRef>;
