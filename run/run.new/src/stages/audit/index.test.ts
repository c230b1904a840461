import { beforeAll, describe, expect, it } from 'vitest';
import { fixedLunchPack } from '../../../test/arena/lunch-pack.ts';
import { auditNeeds, type Candidate, type Minted, mint, withCheck } from '../../../test/arena/mint.ts';
import { createMemoryArtifacts, type MemoryArtifacts } from '../../../test/fakes/memory-artifacts.ts';
import { Proof } from '../../domain/proof.ts';
import { auditFolder, createAuditStage } from './index.ts';

const { signal } = new AbortController();
let minted: Minted;
let honest: Candidate;
beforeAll(async () => {
  minted = await mint([2], { pack: fixedLunchPack });
  const candidate = minted.candidates[0] as Candidate;
  honest = ['north', 'monday'].reduce(
    (one, id) => withCheck(one, id, (check) => ({ ...check, origin: id })),
    candidate,
  );
});

/** The minted environment with what a test changes of the candidate's files. */
function open(files: Record<string, string> = {}): {
  artifacts: MemoryArtifacts;
  folder: string;
  id: string;
  task: string;
} {
  const [id, task] = [minted.environmentId, honest.task.id];
  const folder = `${id}/candidates/${task}`;
  const artifacts = createMemoryArtifacts(minted.artifacts.files);
  artifacts.put(`${folder}/task.json`, JSON.stringify(honest.task));
  for (const [path, text] of Object.entries(files))
    artifacts.put(path.startsWith('/') ? `${id}${path}` : `${folder}/${path}`, text);
  return { artifacts, folder, id, task };
}

const audit = ({ artifacts, folder, id }: ReturnType<typeof open>) =>
  auditFolder({ environment: id, folder }, auditNeeds(artifacts), signal);
const work = ({ artifacts, id, task }: ReturnType<typeof open>) =>
  createAuditStage(auditNeeds(artifacts)).work({ environment: id, task, hash: 'x' }, signal);

describe('the audit stage', () => {
  it('keeps a task that passes, with a proof beside files that did not change', async () => {
    const opened = open();
    const outcome = await work(opened);
    const kept = `${opened.id}/tasks/${opened.task}`;
    const proof = Proof.parse(JSON.parse(opened.artifacts.text(`${kept}/proof.json`)));

    expect(outcome).toMatchObject({
      kind: 'kept',
      output: { task: opened.task, level: 2, answers: proof.judged.answers },
    });
    expect(await opened.artifacts.list(kept)).toEqual([
      'proof.json',
      'solution.js',
      'task.json',
      'verify.mjs',
      'verify.py',
    ]);
    expect(opened.artifacts.text(`${kept}/task.json`)).toBe(opened.artifacts.text(`${opened.folder}/task.json`));
    expect(Object.keys(proof.files).sort()).toEqual(['solution.js', 'task.json', 'verify.mjs', 'verify.py']);
    expect(proof.gates.every((gate) => gate.holds)).toBe(true);
    expect(proof.baselines.random).toEqual(honest.task.difficulty.random);
    expect(proof.solutions.every((one) => one.distance > 0 && one.distance <= 1)).toBe(true);
  });

  it('rejects a task that fails a gate by the name of the gate, with its findings', async () => {
    const opened = open({ 'solution.js': 'export function solve() {}' });

    expect(await work(opened)).toMatchObject({
      kind: 'rejected',
      reason: 'witness',
      detail: expect.stringContaining('no answer'),
    });
    expect(JSON.parse(opened.artifacts.text(`${opened.id}/rejected/${opened.task}/findings.json`))).toMatchObject([
      { gate: 'witness', holds: false },
    ]);
    expect(await opened.artifacts.list(`${opened.id}/tasks`)).toEqual([]);
  });

  it('proves the same of the same files, and again of what it kept', async () => {
    const [first, second] = [open(), open()];
    await work(first);
    await work(second);
    const path = `${first.id}/tasks/${first.task}`;

    expect(first.artifacts.text(`${path}/proof.json`)).toBe(second.artifacts.text(`${path}/proof.json`));
    expect(await audit({ ...first, folder: path })).toMatchObject({ kind: 'proven' });
  });

  it.each([
    ['kept', 'tasks', {}],
    ['rejected', 'rejected', { 'solution.js': 'export function solve() {}' }],
  ])('comes to the same bytes where what it %s is owed again after the run', async (kind, place, files) => {
    const opened = open(files);
    const folder = `${opened.id}/${place}/${opened.task}`;
    const judge = async () => ({
      kind: (await work(opened)).kind,
      files: Object.fromEntries([...opened.artifacts.files].filter(([path]) => path.startsWith(folder))),
    });
    const first = await judge();
    await opened.artifacts.remove(opened.folder);
    const again = await judge();

    expect(first.kind).toBe(kind);
    expect(again).toEqual(first);
  });

  it('takes back what gates of another version kept', async () => {
    const opened = open();
    await work(opened);
    await opened.artifacts.remove(opened.folder);
    opened.artifacts.put(`${opened.id}/tasks/${opened.task}/solution.js`, 'export function solve() {}');

    expect(await work(opened)).toMatchObject({ kind: 'rejected', reason: 'witness' });
    expect(await opened.artifacts.list(`${opened.id}/tasks`)).toEqual([]);
  });

  it('stops where it is called off', async () => {
    const opened = open();

    await expect(
      createAuditStage(auditNeeds(opened.artifacts)).work(
        { environment: opened.id, task: opened.task, hash: 'x' },
        AbortSignal.abort(),
      ),
    ).rejects.toThrow(/abort/i);
    expect(await opened.artifacts.list(`${opened.id}/tasks`)).toEqual([]);
  });
});

describe('a damaged task', () => {
  const edited = (change: (text: string) => string): string => change(JSON.stringify(honest.task));

  it.each<[string, () => Record<string, string>, string | RegExp]>([
    ['a task.json that is cut off', () => ({ 'task.json': edited((text) => text.slice(0, 900)) }), /JSON/],
    ['a task.json that is empty', () => ({ 'task.json': '' }), /JSON/],
    ['a task.json of null', () => ({ 'task.json': 'null' }), /expected object/],
    [
      'a check without a weight',
      () => ({ 'task.json': edited((text) => text.replace('"weight":1', '"weight":0')) }),
      /checks\.0\.weight/,
    ],
    [
      'a kind of constraint that there is not',
      () => ({ 'task.json': edited((text) => text.replace('"kind":"spacing"', '"kind":"spacious"')) }),
      /constraint/,
    ],
    [
      'a constraint on a slot that there is not',
      () => ({ 'task.json': edited((text) => text.replaceAll('"key":"mon"', '"key":"someday"')) }),
      /someday/,
    ],
    [
      'a table that there is not',
      () => ({ 'task.json': edited((text) => text.replace('"table":"queue"', '"table":"crowd"')) }),
      /crowd/,
    ],
    ['an environment.json that is no environment', () => ({ '/environment.json': '[]' }), /expected object/],
    ['a world that is cut off', () => ({ '/world.sqlite': 'SQLite format 3' }), /.+/],
    [
      'a tool whose SQL does not fit the world',
      () => ({
        '/environment.json': JSON.stringify({
          ...honest.environment,
          tools: honest.environment.tools.map((tool) => ({ ...tool, sql: 'SELECT name FROM nowhere' })),
        }),
      }),
      /nowhere/,
    ],
  ])('is refuted by the gate damaged: %s', async (_, files, detail) => {
    const judged = await audit(open(files()));

    expect(judged).toMatchObject({ kind: 'refuted', results: [{ gate: 'damaged', holds: false }] });
    expect(judged.results[0]?.detail).toMatch(detail);
    expect(judged.results[0]?.detail).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['random()', 'SELECT 1 WHERE random() > 0'],
    ['the clock', "SELECT 1 WHERE datetime('now') > '2000'"],
    ['a write', 'DELETE FROM stall'],
    ['a pragma', 'PRAGMA user_version'],
    ['another database', "ATTACH 'x.db' AS x"],
    ['two statements', 'SELECT 1 WHERE 0; SELECT 1'],
    ['no SQL at all', 'all stalls must be nice'],
  ])('is refuted where a check needs %s', async (_, sql) => {
    const { task } = withCheck(honest, 'budget', (check) => ({ ...check, sql }));
    const judged = await audit(open({ 'task.json': JSON.stringify(task) }));

    expect(judged.kind).toBe('refuted');
    expect(['damaged', 'witness']).toContain(judged.results.at(-1)?.gate);
  });
});

describe('a verifier beside a task', () => {
  it.each([
    ['verify.py', () => 'print("pass")'],
    ['verify.py', () => ''],
    ['verify.mjs', (text: string) => text.replace("verdict: 'fail'", "verdict: 'pass'")],
    ['verify.mjs', (text: string) => `${text}\n`],
  ])('is refused where it is not the shipped one, whatever it says: %s', async (name, change) => {
    const opened = open({ [name]: change(minted.artifacts.text(`${open().folder}/${name}`)) });

    expect(await audit(opened)).toMatchObject({
      kind: 'refuted',
      results: [
        { gate: 'damaged', detail: expect.stringContaining(`${name} is not the verifier that this version ships`) },
      ],
    });
  });

  it('is refused where it is missing', async () => {
    const opened = open();
    await opened.artifacts.remove(`${opened.folder}/verify.py`);

    expect((await audit(opened)).results).toMatchObject([{ gate: 'damaged' }]);
  });
});

describe('a kept task', () => {
  it.each([
    ['a solution with another seed', 'solution.js', (text: string) => `${text}\n// Seed.\n`],
    ['a prompt with a word more', 'task.json', (text: string) => text.replace('please', 'please please')],
    ['a proof of nothing', 'proof.json', () => '{}'],
  ])('is damaged with %s, though all gates hold', async (_, name, change) => {
    const opened = open();
    await work(opened);
    const folder = `${opened.id}/tasks/${opened.task}`;
    opened.artifacts.put(`${folder}/${name}`, change(opened.artifacts.text(`${folder}/${name}`)));
    const judged = await audit({ ...opened, folder });

    expect(judged.kind).toBe('refuted');
    expect(judged.results.filter((result) => !result.holds)).toMatchObject([
      { gate: 'damaged', detail: expect.stringContaining(`${name} is not the file that its proof was made for`) },
    ]);
  });
});

it('does not mind what people leave beside a task', async () => {
  const opened = open();
  await work(opened);
  const folder = `${opened.id}/tasks/${opened.task}`;
  for (const name of ['answer.json', '__pycache__/verify.pyc']) opened.artifacts.put(`${folder}/${name}`, 'x');

  expect(await audit({ ...opened, folder })).toMatchObject({ kind: 'proven' });
});

describe('a solution that submits nonsense', () => {
  it.each([
    'null',
    '7',
    '"x"',
    '[]',
    '{}',
    '[null,null,null]',
    '[[],[],[]]',
    '[1,2,3]',
    '{"lunches":[]}',
    '[{"day":"mon"},{"day":"tue"},{"day":"wed"}]',
    '[{},{},{}]',
  ])('is refuted by the gate witness: %s', async (answer) => {
    const judged = await audit(
      open({ 'solution.js': `export function solve(tools) { tools.submit_result(${answer}); }` }),
    );

    expect(judged).toMatchObject({ kind: 'refuted', results: [{ gate: 'witness', holds: false }] });
  });

  it('is refuted where it recurses for ever', async () => {
    const judged = await audit(
      open({ 'solution.js': 'export function solve() { const dive = () => dive() + 1; dive(); }' }),
    );

    expect(judged).toMatchObject({ kind: 'refuted', results: [{ gate: 'witness' }] });
  });
});

describe('hints and proofs of strangers', () => {
  it.each([
    '',
    '{',
    '[]',
    '{"nearMisses":7}',
    '{"nearMisses":[{"check":"budget","answer":null}]}',
    '{"nearMisses":[{"check":"budget","answer":[null,null,null]}]}',
    '{"nearMisses":[{"check":"budget","answer":[{"day":"mon"}]}]}',
  ])('are not believed: %s', async (hints) => {
    expect(await audit(open({ 'hints.json': hints }))).toMatchObject({ kind: 'proven' });
  });
});
