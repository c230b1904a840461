import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Interpreter, startInterpreter } from './interpreter.ts';

const signal = new AbortController().signal;
const request = JSON.stringify({ folder: '', world: '', stamp: '', answers: [''] });
const replyBytes = 1e6;

/** Every verdict weighs a megabyte. */
const verbose = `
class Verifier:
    def verify(self, answer):
        return {"verdict": "pass", "score": 1, "violations": [{"check": "", "message": "x" * ${replyBytes}}]}

def load(folder, world):
    return Verifier()
`;

let folder: string;
let interpreter: Interpreter;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envmint-test-'));
  await writeFile(join(folder, 'verbose.py'), verbose);
  interpreter = startInterpreter('python3', join(folder, 'verbose.py'));
});
afterAll(async () => {
  await interpreter.stop();
  await rm(folder, { recursive: true });
});

describe('startInterpreter', () => {
  it('keeps no answer that it has given', async () => {
    const ask = async (times: number) => {
      for (let i = 0; i < times; i++) await interpreter.ask(request, { limitMs: 30_000, signal });
    };
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      return getHeapStatistics().used_heap_size;
    };
    await ask(3);
    const before = used();

    await ask(40);

    expect(used() - before).toBeLessThan(10 * replyBytes);
  });
});
