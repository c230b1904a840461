import type { Suite } from '../../../src/domain/recipe.ts';
import type { Levels } from './levels.ts';

/** A JDK that a Debian suite has, and the oldest `-source` that its compiler takes (JEP 182: three or four releases back). */
export interface Jdk {
  readonly version: number;
  readonly suite: Suite;
  readonly oldest: number;
  /** Of Debian's Maven in that suite. */
  readonly maven: string;
}

const jdks: readonly Jdk[] = [
  { version: 11, suite: 'bullseye', oldest: 6, maven: '3.6.3' },
  { version: 17, suite: 'bookworm', oldest: 7, maven: '3.8.7' },
  { version: 21, suite: 'trixie', oldest: 8, maven: '3.9.9' },
  { version: 25, suite: 'trixie', oldest: 8, maven: '3.9.9' },
];

export interface JdkWishes {
  readonly levels: Levels;
  /** Versions that CI files name. */
  readonly ci: readonly number[];
  /** The newest that the build tool runs on; undefined where it does not matter. */
  readonly newest?: number | undefined;
}

/**
 * JDKs worth a try. Those that CI names come first, the oldest of them before the others: old plugins do not read new class files. Of the rest
 * the nearest above the level.
 */
export function chooseJdks({ levels, ci, newest = 99 }: JdkWishes): readonly Jdk[] {
  const able = jdks.filter(({ version }) => version >= (levels.highest ?? 0) && version <= newest);
  const named = able.filter(({ version }) => ci.includes(version));
  const others = able.filter((jdk) => !named.includes(jdk));
  return [...named, ...others].slice(0, 3);
}

/** Whether the code asks for a level that this compiler has given up. */
export function isTooOld({ lowest }: Levels, jdk: Jdk): boolean {
  return lowest !== undefined && lowest < jdk.oldest;
}
