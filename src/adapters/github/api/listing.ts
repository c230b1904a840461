import type { Client } from './client.ts';
import type { Journal } from './journal.ts';
import type { PageSize } from './page-size.ts';
import type { Prefetch } from './prefetch.ts';

export interface ListNeeds {
  readonly client: Client;
  readonly size: PageSize;
  readonly journal: Journal;
  readonly prefetch: Prefetch;
}

/** Merged within, in seconds since 1970, both included. */
export interface MergedWithin {
  readonly from: number;
  readonly to: number;
}

/** Which pull requests are listed. */
export interface Wanted {
  readonly repository: string;
  /** Undefined for all. */
  readonly within: MergedWithin | undefined;
}
