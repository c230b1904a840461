import { BoundaryError } from '../../domain/boundary.ts';
import type { Suite } from '../../domain/recipe.ts';
import type { BaseImages, Bootstrap } from '../../ports/base-images.ts';
import type { ContainerRuntime, Image } from '../../ports/container-runtime.ts';
import { MissingError } from '../../util/errors.ts';

/** Where bare systems come from; `auto` asks the registry first, and bootstraps where it is out of reach. */
export const BASE_SOURCES = ['auto', 'registry', 'bootstrap'] as const;
export type BaseSource = (typeof BASE_SOURCES)[number];

export interface BaseImageNeeds {
  readonly runtime: ContainerRuntime;
  readonly bootstrap: Bootstrap;
  /** Images that the user has chosen for suites, by name or digest. */
  readonly given: Readonly<Partial<Record<Suite, string>>>;
  readonly from: BaseSource;
  /** Told of what takes long. */
  say(line: string): void;
}

const SUITE_LABELS = { 'envmint.kind': 'suite' } as const;

/** Each suite is made once, whoever asks at the same time. What is on the machine is taken as it is, so that images stay what they were. */
export function createBaseImages(needs: BaseImageNeeds): BaseImages {
  const asked = new Map<Suite, Promise<Image>>();
  return {
    ensure(suite, signal) {
      const known = asked.get(suite);
      if (known !== undefined) return known;
      const image = find(suite, needs, signal);
      asked.set(suite, image);
      // What failed may be tried again.
      image.catch(() => asked.delete(suite));
      return image;
    },
  };
}

async function find(suite: Suite, needs: BaseImageNeeds, signal: AbortSignal): Promise<Image> {
  const { runtime, from } = needs;
  const chosen = needs.given[suite];
  if (chosen !== undefined) return (await runtime.image(chosen, signal)) ?? pull(chosen, needs, signal);
  const name = `debian:${suite}-slim`;
  // By its name: an image that somebody builds on a suite inherits the labels.
  const made = await runtime.image(suiteName(suite), signal);
  const pulled = await runtime.image(name, signal);
  const there = from === 'registry' ? pulled : from === 'bootstrap' ? made : (made ?? pulled);
  if (there) return there;
  if (from === 'registry') return pull(name, needs, signal);
  if (from === 'bootstrap') return make(suite, needs, signal);
  return (await tryPull(name, needs, signal)) ?? make(suite, needs, signal);
}

/** Of the image that is bootstrapped for a suite. */
export function suiteName(suite: Suite): string {
  return `envmint/suite-${suite}:latest`;
}

function pull(name: string, { runtime, say }: BaseImageNeeds, signal: AbortSignal): Promise<Image> {
  say(`pulling ${name}`);
  return runtime.pull(name, signal);
}

async function tryPull(name: string, needs: BaseImageNeeds, signal: AbortSignal): Promise<Image | undefined> {
  try {
    return await pull(name, needs, signal);
  } catch (error) {
    if (!(error instanceof BoundaryError) || error.boundary !== 'container') throw error;
    needs.say(error.message);
    return undefined;
  }
}

async function make(suite: Suite, { runtime, bootstrap, say }: BaseImageNeeds, signal: AbortSignal): Promise<Image> {
  const missing = await bootstrap.missing();
  if (missing !== undefined) {
    throw new MissingError(
      `an image of Debian ${suite}: ${missing}; or name an image of it: --base ${suite}=registry.example/debian:${suite}`,
    );
  }
  say(`bootstrapping Debian ${suite}, which takes a minute or two`);
  await using system = await bootstrap.make(suite, signal);
  const labels = { ...SUITE_LABELS, 'envmint.suite': suite };
  return await runtime.importImage(system.tar(), { name: suiteName(suite), labels }, signal);
}
