import { pino } from 'pino';
import type { RunEvent } from '../ports/events.ts';

interface EventLog extends AsyncDisposable {
  readonly listen: (event: RunEvent) => void;
}

/** Appends every event to the file at `path`, one JSON object a line. What cannot be written is dropped: the ledger is the record, not this. */
export function openEventLog(path: string): EventLog {
  const destination = pino.destination({ dest: path, append: true, sync: false });
  destination.on('error', () => {});
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    listen(event) {
      if (event.type !== 'progress') logger.info(event);
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        destination.once('close', resolve);
        destination.once('error', () => resolve());
        destination.end();
      }),
  };
}
