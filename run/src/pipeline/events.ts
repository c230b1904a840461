import type { EventSink, RunEvent } from '../ports/events.ts';

/** One sink that tells every listener, in the order given. */
export function createEvents(...listeners: readonly ((event: RunEvent) => void)[]): EventSink {
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
