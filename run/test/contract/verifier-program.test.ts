import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPythonVerifier } from '../../src/adapters/python/index.ts';

const never = new AbortController().signal;
let scratch: string;
let verifier: string;

/** A verify.py that passes "pass", hangs on "hang", dies on "die", and says how often it was loaded. */
const fake = `
import os, time
loads = 0
class Fake:
    def verify(self, answer):
        if answer == "hang":
            time.sleep(60)
        if answer == "die":
            os._exit(7)
        return {"verdict": "pass", "score": 1, "violations": [{"check": "loads", "message": "%d %r" % (loads, answer)}]}
    def close(self):
        pass
def load(folder, world):
    global loads
    loads += 1
    return Fake()
`;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'envmint-python-test-'));
  verifier = join(scratch, 'verify.py');
  writeFileSync(verifier, fake);
});
afterAll(() => rmSync(scratch, { recursive: true }));

const messages = (verdicts: readonly { violations: readonly { message: string }[] }[]): (string | undefined)[] =>
  verdicts.map(({ violations }) => violations[0]?.message);

describe('the verifier in Python', { timeout: 60_000 }, () => {
  it('loads a folder once, judges in order, and takes bytes', async () => {
    await using program = createPythonVerifier({ verifier });
    const first = await program.judge({ folder: 'a' }, ['1', '\ud800', new Uint8Array([0xff])], never);
    const second = await program.judge({ folder: 'a' }, ['2'], never);

    expect(messages(first)).toEqual(["1 '1'", "1 '\\ud800'", "1 b'\\xff'"]);
    expect(messages(second)).toEqual(["1 '2'"]);
  });

  it('loads a task that is not on disk anew each time', async () => {
    await using program = createPythonVerifier({ verifier });
    const task = { task: {}, world: new Uint8Array([1]) };
    const both = await Promise.all([program.judge(task, ['1'], never), program.judge(task, ['2'], never)]);

    expect(both.map(messages)).toEqual([["1 '1'"], ["2 '2'"]]);
  });

  it('errs past the time limit, and starts anew', async () => {
    await using program = createPythonVerifier({ verifier, limitMs: 2000 });
    const late = await program.judge({ folder: 'a' }, ['1', 'hang'], never);
    const next = await program.judge({ folder: 'a' }, ['1'], never);

    expect(late.map(({ verdict, violations }) => [verdict, violations[0]?.check])).toEqual([
      ['error', 'limit'],
      ['error', 'limit'],
    ]);
    expect(messages(next)).toEqual(["1 '1'"]);
  });

  it('says that the process died, and starts anew', async () => {
    await using program = createPythonVerifier({ verifier });

    await expect(program.judge({ folder: 'a' }, ['die'], never)).rejects.toMatchObject({
      boundary: 'python',
      retryable: true,
    });
    await expect(program.judge({ folder: 'a' }, ['1'], never)).resolves.toHaveLength(1);
  });

  it('says what to install where there is no Python', async () => {
    await using program = createPythonVerifier({ python: 'python-that-is-not-there' });

    await expect(program.judge({ folder: 'a' }, ['1'], never)).rejects.toThrow(
      /not on this machine; install Python 3\.8/,
    );
  });

  it('says the last line of a Python that cannot load the verifier', async () => {
    await using program = createPythonVerifier({ verifier: join(scratch, 'absent.py') });

    await expect(program.judge({ folder: 'a' }, ['1'], never)).rejects.toThrow(/FileNotFoundError/);
  });

  it('stops with the reason of an abort', async () => {
    await using program = createPythonVerifier({ verifier });
    const abort = new AbortController();
    const judging = program.judge({ folder: 'a' }, ['hang'], abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 100);

    await expect(judging).rejects.toThrow('enough');
    await expect(program.judge({ folder: 'a' }, ['1'], never)).resolves.toHaveLength(1);
  });
});
