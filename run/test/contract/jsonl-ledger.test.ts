import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJsonlLedger } from '../../src/adapters/ledger/index.ts';
import { describeLedger } from './ledger.ts';

describeLedger(
  'the JSONL file',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'envmint-ledger-'));
    const path = join(folder, 'ledger.jsonl');
    return {
      open: () => openJsonlLedger(path),
      write: (bytes) => writeFile(path, bytes),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  },
  60,
);
