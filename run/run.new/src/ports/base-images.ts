import type { Readable } from 'node:stream';
import type { Suite } from '../domain/recipe.ts';
import type { Image } from './container-runtime.ts';

/** The bare system of each Debian suite, which every image is made of. */
export interface BaseImages {
  /** The image that the machine has, or else a new one. Throws BoundaryError('container') where none can be had. */
  ensure(suite: Suite, signal: AbortSignal): Promise<Image>;
}

/** Makes a bare system out of the packages of a Debian mirror. */
export interface Bootstrap {
  /** Why it cannot be done on this machine, and what to do about it; undefined where it can. */
  missing(): Promise<string | undefined>;
  /** A root file system, as large as some 200 MB, until it is disposed. Throws BoundaryError('container'). */
  make(suite: Suite, signal: AbortSignal): Promise<RootFileSystem>;
}

export interface RootFileSystem extends AsyncDisposable {
  tar(): Readable;
}
