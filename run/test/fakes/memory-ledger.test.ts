import { describeLedger } from '../contract/ledger.ts';
import { createMemoryLedger } from './memory-ledger.ts';

describeLedger(
  'the fake in memory',
  async () => {
    let ledger = createMemoryLedger();
    return {
      async open() {
        ledger = createMemoryLedger(ledger.text());
        return ledger;
      },
      async write(bytes) {
        ledger = createMemoryLedger(bytes.toString('utf8'));
      },
      async [Symbol.asyncDispose]() {},
    };
  },
  100,
);
