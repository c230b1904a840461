import { describe, expect, it } from 'vitest';
import type { SolverLimits, SolverRun } from '../../ports/solver-isolate.ts';
import type { Toolbox } from '../../ports/world-store.ts';
import { createSolverIsolate } from './index.ts';

const isolate = createSolverIsolate({ memoryBytes: 24 * 2 ** 20 });

const toolbox: Toolbox = {
  names: ['get_price', 'list_names', 'submit_result'],
  call(name, args) {
    if (name === 'list_names') return { kind: 'result', value: [{ name: 'a' }, { name: 'b' }] };
    const { of } = args as { of?: unknown };
    if (typeof of !== 'string') return { kind: 'error', message: 'get_price: argument "of" is missing' };
    return { kind: 'result', value: of.length };
  },
};

/** Runs the body of `solve(tools)`. */
function run(body: string, limits: Partial<SolverLimits> = {}): Promise<SolverRun> {
  return isolate.run(`export function solve(tools) {\n${body}\n}`, toolbox, limits);
}

/** What an expression is worth inside, as the isolate submits it. */
async function worth(expression: string): Promise<unknown> {
  const end = await run(`tools.submit_result({ value: ${expression} })`);
  return end.kind === 'submitted' ? (JSON.parse(end.answer) as { value: unknown }).value : end;
}

describe('a solution', () => {
  it('calls tools, submits, and leaves a trace of both', async () => {
    const end = await run(`
      const names = tools.list_names().map((row) => row.name);
      tools.submit_result(names.map((name) => ({ name, price: tools.get_price({ of: name }) })));`);

    expect(end.kind === 'submitted' && JSON.parse(end.answer)).toEqual([
      { name: 'a', price: 1 },
      { name: 'b', price: 1 },
    ]);
    expect(end.trace.map(({ tool, args }) => [tool, args])).toEqual([
      ['list_names', {}],
      ['get_price', { of: 'a' }],
      ['get_price', { of: 'b' }],
      ['submit_result', '[{"name":"a","price":1},{"name":"b","price":1}]'],
    ]);
  });

  it('gets the message of a refused call as an Error, and may go on', async () => {
    const end = await run(
      'try { tools.get_price({}) } catch (e) { tools.submit_result([e instanceof Error, e.message]) }',
    );

    expect(end).toMatchObject({ kind: 'submitted', answer: '[true,"get_price: argument \\"of\\" is missing"]' });
    expect(end.trace[0]).toEqual({ tool: 'get_price', args: {}, error: 'get_price: argument "of" is missing' });
  });

  it('may be asynchronous', async () => {
    const source = 'await null; export async function solve(tools) { await null; tools.submit_result(await 7); }';

    await expect(isolate.run(source, toolbox)).resolves.toMatchObject({ kind: 'submitted', answer: '7' });
  });

  it.each([
    ['nothing submitted', 'return 1', { kind: 'no-answer' }],
    ['an error', 'throw new TypeError("no")', { kind: 'threw', message: 'TypeError: no' }],
    ['a thrown text', 'throw "no"', { kind: 'threw', message: 'threw no' }],
    [
      'a thrown proxy',
      'throw new Proxy({}, { get() { throw 1 } })',
      { kind: 'threw', message: 'an error that cannot be read' },
    ],
    ['an error after the answer', 'tools.submit_result(1); throw 1', { kind: 'submitted', answer: '1' }],
    ['an endless loop after the answer', 'tools.submit_result(1); for (;;);', { kind: 'submitted', answer: '1' }],
    [
      'two answers',
      'tools.submit_result(1); try { tools.submit_result(2) } catch {}',
      { kind: 'submitted', answer: '1' },
    ],
    [
      'an answer that is no JSON',
      'tools.submit_result(undefined)',
      { kind: 'threw', message: 'Error: submit_result: the answer is no JSON value' },
    ],
    [
      'a promise that never settles',
      'return new Promise(() => {})',
      { kind: 'threw', message: 'the solution waits for what never comes' },
    ],
    ['a rejected promise', 'return Promise.reject(new Error("no"))', { kind: 'threw', message: 'Error: no' }],
  ])('ends in its own way: %s', async (_, body, expected) => {
    await expect(run(body)).resolves.toMatchObject(expected);
  });

  it.each([
    ['no function', 'export const solve = 1', /exports no function solve/],
    ['no module', 'export function solve( {', /SyntaxError/],
    ['a static import', 'import fs from "node:fs"; export function solve() {}', /could not load module/],
  ])('that is %s is told so', async (_, source, message) => {
    await expect(isolate.run(source, toolbox)).resolves.toMatchObject({
      kind: 'threw',
      message: expect.stringMatching(message),
    });
  });
});

describe('the isolate', { timeout: 60_000 }, () => {
  it.each([
    'process',
    'require',
    'fetch',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
    'Date',
    'performance',
    'console',
    'WebAssembly',
    'Buffer',
    'Worker',
    'crypto',
    'WeakRef',
    'FinalizationRegistry',
    'std',
    'os',
    'navigator',
    'module',
    'exports',
  ])('has no %s', async (name) => {
    await expect(worth(`typeof ${name}`)).resolves.toBe('undefined');
  });

  it('has no randomness', async () => {
    await expect(run('Math.random()')).resolves.toEqual({
      kind: 'threw',
      message: 'Error: there is no randomness in here',
      trace: [],
    });
  });

  it('refuses every dynamic import', async () => {
    const end = await run(
      'return import("node:fs").then(() => tools.submit_result(1), (e) => tools.submit_result(e.name))',
    );

    expect(end).toMatchObject({ kind: 'submitted', answer: '"ReferenceError"' });
  });

  it.each([
    'this',
    'tools.list_names.constructor.constructor("return typeof process")()',
    'tools.submit_result.constructor("return typeof process")()',
    '(function () {}).constructor("return typeof process + typeof require")()',
    'tools.list_names().constructor.constructor("return typeof process")()',
    '(() => { try { tools.get_price({}) } catch (e) { return e.constructor.constructor("return typeof process")() } })()',
    '(0, eval)("typeof process")',
    'Object.getPrototypeOf(async () => {}).constructor("return typeof process")() instanceof Promise && "undefined"',
  ])('shows nothing of the host through %s', async (expression) => {
    expect(String(await worth(`String(${expression})`))).toMatch(/^(undefined)+$/);
  });

  it('keeps what one run does to prototypes and globals from the next and from the host', async () => {
    await run(`
      Object.prototype.polluted = 1; Array.prototype.map = () => 'mine'; globalThis.left = 1;
      JSON.stringify = () => '"forged"'; JSON.parse = () => ({ value: 'forged' }); tools.submit_result(tools.list_names());`);

    await expect(
      worth('[({}).polluted, typeof left, [1].map((x) => x + 1), JSON.stringify({ a: 1 })]'),
    ).resolves.toEqual([null, 'undefined', [2], '{"a":1}']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('does not let a solution forge what tools say or what it submits', async () => {
    const end = await run(`
      JSON.stringify = () => '"forged"'; JSON.parse = () => ({ value: 'forged' });
      String.prototype.slice = () => 'forged';
      tools.submit_result(tools.list_names());`);

    expect(end).toMatchObject({ kind: 'submitted', answer: '[{"name":"a"},{"name":"b"}]' });
  });

  it('gives each call a result of its own', async () => {
    await expect(
      run('tools.list_names()[0].name = "x"; tools.submit_result(tools.list_names()[0].name)'),
    ).resolves.toMatchObject({ answer: '"a"' });
  });

  it('does not let the toolbox be changed', async () => {
    await expect(run('tools.list_names = () => 1')).resolves.toMatchObject({
      kind: 'threw',
      message: expect.stringContaining('TypeError'),
    });
  });

  it('reads getters, proxies and toJSON of an answer inside', async () => {
    const end = await run(`
      let reads = 0;
      tools.submit_result({ get a() { return ++reads }, b: new Proxy([1], {}), c: { toJSON: () => typeof process }, d: () => 1, ['__proto__']: 5 });`);

    expect(end).toMatchObject({ kind: 'submitted', answer: '{"a":1,"b":[1],"c":"undefined","__proto__":5}' });
  });

  it.each<[string, string, Partial<SolverLimits>, string]>([
    ['an endless loop', 'for (;;);', { steps: 1_000_000 }, 'steps'],
    ['an endless loop that catches', 'for (;;) try { for (;;); } catch {}', { steps: 1_000_000 }, 'steps'],
    [
      'endless promises',
      'const again = () => Promise.resolve().then(again); return again()',
      { steps: 1_000_000 },
      'steps',
    ],
    ['a slow pattern', '/(a+)+$/.test("a".repeat(40) + "b")', { steps: 1_000_000 }, 'steps'],
    ['an endless loop on the clock', 'for (;;);', { wallMs: 50 }, 'time'],
    ['an endless recursion', '(function f() { f() })()', {}, 'stack'],
    ['endless nesting', 'eval("(".repeat(1e6))', {}, 'stack'],
    ['a deep answer', 'let x = []; for (let i = 0; i < 1e5; i++) x = [x]; tools.submit_result(x)', {}, 'stack'],
    ['a memory bomb', 'const all = []; for (;;) all.push(new Uint8Array(1e6))', {}, 'memory'],
    ['a bomb of small things', 'const all = []; for (;;) all.push({ a: 1 })', {}, 'memory'],
    ['a large text', '"x".repeat(1e8)', {}, 'memory'],
    ['a giant answer', 'tools.submit_result("x".repeat(2e6))', {}, 'answer-length'],
    ['too many calls', 'for (;;) try { tools.list_names() } catch {}', { toolCalls: 10 }, 'tool-calls'],
  ])('stops %s', async (...[, body, limits, limit]) => {
    await expect(run(body, limits)).resolves.toMatchObject({ kind: 'limit', limit });
    await expect(worth('1 + 1')).resolves.toBe(2);
  });

  it('counts steps alike in every run', async () => {
    const body = 'let i = 0; try { for (;;) { tools.get_price({ of: String(i++) }) } } catch {}';
    const [first, second] = [await run(body, { steps: 30_000 }), await run(body, { steps: 30_000 })];

    expect(first.trace.length).toBeGreaterThan(10);
    expect(second.trace).toEqual(first.trace);
  });

  it('does not grow with the number of runs', async () => {
    const body =
      'globalThis.kept = tools; const all = tools.list_names(); globalThis.cycle = { all }; cycle.cycle = cycle; throw all';
    for (let i = 0; i < 100; i++) await run(body);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 500; i++) await run(body);

    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 2 ** 20);
  });
});
