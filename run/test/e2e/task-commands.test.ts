import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Environment } from '../../src/domain/environment.ts';
import { Task } from '../../src/domain/task.ts';
import { createTask, passing, type TaskFolder, tools, world, writeTaskFolder } from '../contract/verifier-fixture.ts';
import { envmint } from '../fakes/cli.ts';

const none = { passed: 0, tried: 100 };
const task = Task.parse({
  ...createTask('one'),
  prompt: 'Choose a hotel for each night.',
  difficulty: {
    level: 2,
    score: 1,
    spaceLog10: 1.2,
    surprisal: 1,
    random: none,
    informed: none,
    greedy: none,
    localSearch: none,
    localSearchVerdicts: [7],
    solverNodes: 3,
    solverBacktracks: 1,
    solutions: { count: 2, exact: true },
  },
  lineage: { parent: null, steps: [{ operator: 'add-bound', detail: 'cheap', level: 2, before: 0.5, after: 1 }] },
});
const environment = Environment.parse({
  format: 'envmint.environment/1',
  id: 'hotels',
  domain: 'hotels',
  domainVersion: '1',
  engine: '0',
  seed: '1',
  world: task.world,
  tables: world.tables,
  tools,
  provenance: [],
});
const solution = `export function solve(tools) {
  const all = tools.list_towns().flatMap(({ name }) => tools.list_hotels({ town: name })).map(({ name }) => tools.get_hotel({ hotel: name }));
  const [first, second] = all.filter(({ price }) => price < 20000);
  tools.submit_result([{ date: '2025-06-01', hotel: first.name, guests: 2 }, { date: '2025-06-02', hotel: second.name, guests: 4 }]);
}`;

let folder: TaskFolder;
beforeAll(() => {
  folder = writeTaskFolder(task);
  writeFileSync(join(folder.root, 'environment.json'), JSON.stringify(environment));
  writeFileSync(join(folder.task, 'solution.js'), solution);
});
afterAll(() => folder[Symbol.dispose]());

const stdin = async function* (text: string) {
  yield new TextEncoder().encode(text);
};
const nearMiss = JSON.stringify(passing.one.map((row) => ({ ...row, guests: 3 })));

describe('envmint verify', { timeout: 60_000 }, () => {
  it('passes an answer, and names what another violates in the words of the task', async () => {
    const passed = await envmint(['verify', folder.task, '--answer', '-'], {
      stdin: stdin(JSON.stringify(passing.one)),
    });
    const failed = await envmint(['verify', folder.task, '--answer', '-'], { stdin: stdin(nearMiss) });

    expect(passed).toMatchObject({ code: 0, stdout: 'pass, score 1\n' });
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^fail, score 0\.857143\n {2}pairs: .*guests=3.*\n {4}broken: pairs\n$/),
    });
  });

  it('reads a file, points into what is malformed, and speaks JSON', async () => {
    const file = join(folder.root, 'answer.json');
    writeFileSync(file, '[1, 2]');
    const text = await envmint(['verify', folder.task, '--answer', file]);
    const json = await envmint(['verify', folder.task, '--answer', file, '--json']);

    expect(text).toMatchObject({ code: 1, stdout: 'fail, score 0\n  format at /0: is not an object\n' });
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'fail', violations: [{ pointer: '/0' }] });
  });

  it('says that the task is damaged, not the answer', async () => {
    using damaged = writeTaskFolder(JSON.stringify(task));
    truncateSync(join(damaged.task, 'task.json'), 500);

    await expect(envmint(['verify', damaged.task, '--answer', '-'], { stdin: stdin('[]') })).resolves.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^error, score 0\n {2}task: .*get the task folder again\n$/),
    });
  });

  it.each([
    ['no task', ['verify', 'nowhere', '--answer', '-'], /there is no task "nowhere": give the path/],
    ['no answer', ['verify', '.'], /required option '--answer <file>' not specified/],
    [
      'an answer file that is not there',
      ['verify', 'TASK', '--answer', 'absent.json'],
      /absent\.json cannot be read: ENOENT/,
    ],
  ])('calls %s a wrong usage', async (_, argv, message) => {
    const { code, stderr } = await envmint(argv.map((arg) => (arg === 'TASK' ? folder.task : arg)));

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('envmint tools', () => {
  it('lists tools with their parameters, or as the schemas that a model is given', async () => {
    const { stdout } = await envmint(['tools', folder.root]);
    const schemas = JSON.parse((await envmint(['tools', folder.root, '--json'])).stdout);

    expect(stdout).toContain('get_hotel(hotel)\n  All about a hotel.\n    hotel (string): name of the hotel\n');
    expect(schemas[1].function).toMatchObject({ name: 'list_hotels', parameters: { required: ['town'] } });
  });

  it.each([
    [['list_towns'], [{ name: 'Zürich' }, { name: "Val-d'Or" }]],
    [['get_hotel', 'hotel=Auberge 🏔'], { name: 'Auberge 🏔', town: "Val-d'Or", price: 9000 }],
    [['count_hotels', 'price=12000'], 2],
    [['count_hotels', '{"price": 100}'], 0],
  ])('calls %j', async (argv, expected) => {
    const { code, stdout } = await envmint(['tools', folder.root, ...argv]);

    expect([code, JSON.parse(stdout)]).toEqual([0, expected]);
  });

  it.each([
    [['get_hotel', 'hotel=grand palace'], /there is no hotel "grand palace"; did you mean "Grand Palace"\?/],
    [['get_hotels'], /there is no tool "get_hotels"; the tools are: list_towns/],
    [['get_hotel', 'Krone'], /write it as name=value/],
    [['get_hotel', '{"hotel"'], /no JSON object/],
    [['count_hotels', 'price=cheap'], /argument "price" must be an integer/],
  ])('says what is wrong with %j', async (argv, message) => {
    await expect(envmint(['tools', folder.root, ...argv])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(message),
    });
  });

  it('says what is no environment', async () => {
    await expect(envmint(['tools', folder.task])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there is no environment/),
    });
  });
});

describe('envmint solve', () => {
  it('shows the calls, the answer and the verdict', async () => {
    const { code, stdout } = await envmint(['solve', folder.task]);

    expect(code).toBe(0);
    expect(stdout).toContain(
      'list_hotels {"town":"Zürich"} → [{"name":"Gasthof \\"Krone\\""},{"name":"Grand Palace"}]\n',
    );
    expect(stdout).toMatch(/\n6 calls\n\[\n.*\n\]\npass, score 1\n$/s);
  });

  it('gives the answer alone, which verify accepts', async () => {
    const { stdout } = await envmint(['solve', folder.task, '--answer-only']);

    await expect(envmint(['verify', folder.task, '--answer', '-'], { stdin: stdin(stdout) })).resolves.toMatchObject({
      code: 0,
    });
  });

  it.each([
    ['threw', 'export function solve() { throw new Error("lost") }', /the solution threw Error: lost/],
    ['no answer', 'export function solve() {}', /ended without an answer/],
    ['no rules kept', 'export const solve = (tools) => tools.submit_result([])', /^$/],
  ])('exits with 1 where another solution ends in: %s', async (...[, source, message]) => {
    const path = join(folder.root, 'mine.js');
    writeFileSync(path, source);
    const { code, stderr } = await envmint(['solve', folder.task, '--solution', path]);

    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});

describe('envmint show', () => {
  it('shows prompt, tools, checks, difficulty and lineage', async () => {
    const { code, stdout } = await envmint(['show', folder.task]);

    expect(code).toBe(0);
    for (const part of [
      'hotels-one (hotels, level 2)',
      task.prompt,
      'count_hotels(price)',
      'cheap',
      '0 of 100 pass',
      'add-bound',
      'not audited',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('gives task and proof as JSON', async () => {
    const { stdout } = await envmint(['show', folder.task, '--json']);

    expect(JSON.parse(stdout)).toEqual({ task, proof: null });
  });

  it('says where a task file is damaged', async () => {
    using damaged = writeTaskFolder({ ...task, checks: [{ ...task.checks[0], weight: 0 }] });

    await expect(envmint(['show', damaged.task])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/checks\.0\.weight: .*; get the folder again\n$/),
    });
    rmSync(join(damaged.task, 'task.json'));
    await expect(envmint(['show', damaged.task])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there is no task/),
    });
  });
});
