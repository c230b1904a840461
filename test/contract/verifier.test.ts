import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createPythonVerifier } from '../../src/adapters/python/index.ts';
import { copyWorld, createVerifier, loadVerifier, openWorld } from '../../src/adapters/sqlite/index.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { VerifierProgram } from '../../src/ports/verifier.ts';
import { describeVerifier, essence, type Judge } from './verifier.ts';
import { createTask, passing, world, worldBytes, writeTaskFolder } from './verifier-fixture.ts';

const signal = new AbortController().signal;

const judgeInProcess: Judge = async (task, answers) => {
  using opened = openWorld(worldBytes);
  const verifier = opened.createVerifier(task as Parameters<typeof createVerifier>[0]);
  return answers.map((answer) => verifier.verify(answer));
};

const judgeFromFolder: Judge = async (task, answers) => {
  using folder = writeTaskFolder(task);
  const verifier = loadVerifier(folder.task);
  const verdicts = answers.map((answer) => verifier.verify(answer));
  verifier.close();
  return verdicts;
};

/** As on a Node.js before 24.10, which has no authorizer. */
const judgeByText: Judge = async (task, answers) => {
  using database = copyWorld(worldBytes);
  Object.defineProperty(database, 'setAuthorizer', { value: undefined });
  const verifier = createVerifier(task as Parameters<typeof createVerifier>[0], database);
  return answers.map((answer) => verifier.verify(answer));
};

/** Every Python from 3.8 to 3.13 that pyenv or the path has. */
function findPythons(): string[] {
  const pyenv = join(homedir(), '.pyenv', 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin', 'python3')) : [];
  const isFit = (python: string): boolean => {
    try {
      const version = execFileSync(python, ['-c', 'import sys, sqlite3; print(sys.version_info[1])'], {
        stdio: 'pipe',
      });
      return Number(version.toString()) >= 8;
    } catch {
      return false;
    }
  };
  return [...installed, 'python3'].filter(isFit);
}

const programs: VerifierProgram[] = [];
afterAll(() => Promise.all(programs.map((program) => program[Symbol.asyncDispose]())));

function judgeWith(python: string): Judge {
  const program = createPythonVerifier({ python });
  programs.push(program);
  return (task, answers) => program.judge({ task, world: worldBytes }, answers, signal);
}

describeVerifier('the verifier in process', judgeInProcess);
describeVerifier('verify.mjs of a folder', judgeFromFolder);
describeVerifier('verify.mjs without an authorizer', judgeByText);
const pythons = findPythons();
for (const python of pythons) describeVerifier(`verify.py on ${python}`, judgeWith(python));

/** Answers that are nearly right, and wrong in every way there is. */
const names = fc.constantFrom(
  ...(world.rows.hotels ?? []).map((row) => row.name),
  'Zürich',
  '',
  '__proto__',
  '\u0000',
  '\ud800',
  '🏔',
);
const scalar = fc.oneof(
  names,
  fc.integer({ min: -1, max: 10 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
);
const row = fc
  .record(
    {
      date: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('2025-06-01', '2025-06-02') }, scalar),
      hotel: fc.oneof({ weight: 8, arbitrary: names }, scalar),
      guests: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }) }, scalar),
    },
    { noNullPrototype: true },
  )
  .chain((whole) =>
    fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>(whole) }, fc.constant({ ...whole, more: 1 }), scalar),
  );
const rows = fc.oneof(
  { weight: 9, arbitrary: fc.array(row, { minLength: 2, maxLength: 2 }) },
  fc.array(row),
  fc.jsonValue(),
);
const json = rows.map((value) => JSON.stringify(value) ?? '');
/** A text with one character replaced. */
const nearlyJson = fc.tuple(json, fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, other]) => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + other + text.slice(place + 1);
});
const answer = fc.oneof(
  { weight: 5, arbitrary: json as fc.Arbitrary<string | Uint8Array> },
  { weight: 2, arbitrary: nearlyJson },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.uint8Array() },
);

/** What checks found, in words; what is no JSON every language says in its own. */
function found({ violations }: Verdict): string[] {
  return violations.filter(({ check }) => check !== 'format').map(({ message }) => message);
}

describe.skipIf(pythons.length === 0)('verifiers of all languages', () => {
  it('agree about verdict, score, checks, pointers and findings of any answer', { timeout: 120_000 }, async () => {
    const judgeInPython = judgeWith('python3');
    const task = createTask('one');
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 100, maxLength: 200, size: 'max' }), async (answers) => {
        count += answers.length;
        const [ours, theirs] = [await judgeInProcess(task, answers), await judgeInPython(task, answers)];
        expect(theirs.map(essence)).toEqual(ours.map(essence));
        expect(theirs.map(found)).toEqual(ours.map(found));
        expect(ours.some(({ verdict }) => verdict === 'error')).toBe(false);
      }),
      { numRuns: 40 },
    );
    expect(count).toBeGreaterThan(4000);
  });

  it('judge a parsed value like its text', () => {
    using opened = openWorld(worldBytes);
    const verifier = opened.createVerifier(createTask('one'));

    fc.assert(
      fc.property(rows, (value) => {
        expect(essence(verifier.verify(value))).toEqual(essence(verifier.verify(JSON.stringify(value) ?? '')));
      }),
    );
    const circular: unknown[] = [];
    circular.push(circular);
    for (const odd of [undefined, () => 1, Symbol('x'), circular, 1n, Number.NaN]) {
      expect(verifier.verify(odd)).toMatchObject({ verdict: 'fail', violations: [{ check: 'format' }] });
    }
    expect(verifier.verify(passing.one).verdict).toBe('pass');
  });
});
