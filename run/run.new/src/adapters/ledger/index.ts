export { openJsonlLedger } from './jsonl-ledger.ts';
