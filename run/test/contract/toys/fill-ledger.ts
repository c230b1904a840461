// Appends lines until it cannot, as a process of its own with a limit on file sizes: fill-ledger.ts PATH COUNT.
import { openJsonlLedger } from '../../../src/adapters/ledger/index.ts';
import { BoundaryError } from '../../../src/domain/boundary.ts';

const [path = '', count = ''] = process.argv.slice(2);
await using ledger = await openJsonlLedger(path);
let appended = 0;
try {
  for (; appended < Number(count); appended++) {
    const outcome = { kind: 'kept' as const, output: 'x'.repeat(700) };
    const about = { stage: 's', version: '1', key: `k${appended}`, item: 'i' };
    await ledger.append({ v: 1, ...about, outcome, ms: 0, attempts: 1, at: '2026-01-01T00:00:00.000Z' });
  }
} catch (error) {
  if (!(error instanceof BoundaryError)) throw error;
  console.log(`${appended} appended, then ${error.boundary}: ${error.message}`);
}
