import { beforeAll, describe, expect, it } from 'vitest';
import { fixedLunchPack } from '../../../test/arena/lunch-pack.ts';
import {
  askAll,
  type Candidate,
  mint,
  withBrief,
  withCheck,
  withOtherRule,
  withRule,
} from '../../../test/arena/mint.ts';
import { createWorldStore } from '../../adapters/sqlite/index.ts';
import type { Constraint, Node } from '../../domain/constraint.ts';
import type { GateName } from '../../domain/proof.ts';
import type { Task } from '../../domain/task.ts';
import type { VerifierProgram } from '../../ports/verifier.ts';
import { textsOf } from '../../util/texts.ts';
import { createRemake } from '../synthesize/remake.ts';

let honest: Candidate;
let submitted: string;

beforeAll(async () => {
  const minted = (await mint([2], { pack: fixedLunchPack })).candidates[0] as Candidate;
  // Random play is held against the frame's rules alone, so the conditional ones must come from elsewhere.
  honest = ['north', 'monday'].reduce(
    (candidate, id) => withCheck(candidate, id, (check) => ({ ...check, origin: id })),
    minted,
  );
  submitted = (await askAll(honest)).exhibits[0]?.text ?? '';
});

type Sabotage = (candidate: Candidate) => Candidate;

const withTask = (candidate: Candidate, change: (task: Task) => Partial<Task>): Candidate => ({
  ...candidate,
  task: { ...candidate.task, ...change(candidate.task) },
});
const withPrompt = (candidate: Candidate, change: (prompt: string) => string): Candidate =>
  withTask(candidate, ({ prompt }) => ({ prompt: changed(prompt, change(prompt)) }));
const withSql =
  (id: string, change: (sql: string) => string): Sabotage =>
  (candidate) =>
    withCheck(candidate, id, (check) => ({ ...check, sql: changed(check.sql, change(check.sql)) }));
const withTool =
  (name: string, change: (sql: string) => string): Sabotage =>
  ({ environment, ...files }) => ({
    ...files,
    environment: {
      ...environment,
      tools: environment.tools.map((tool) =>
        tool.name === name ? { ...tool, sql: changed(tool.sql, change(tool.sql)) } : tool,
      ),
    },
  });
const withSchema = (
  candidate: Candidate,
  change: (schema: Record<string, unknown>) => Record<string, unknown>,
): Candidate => withTask(candidate, ({ answer }) => ({ answer: { ...answer, schema: change(answer.schema) } }));
const rule = <K extends Constraint['kind']>({ task }: Candidate, id: string): Node<K> =>
  task.checks.find((check) => check.id === id)?.constraint as Node<K>;

/** A sabotage that changes nothing would prove nothing. */
function changed(before: string, after: string): string {
  expect(after).not.toBe(before);
  return after;
}

/** Another text of one clause, in the check and in the prompt alike. */
function withClause(id: string, change: (says: string) => string): Sabotage {
  return (candidate) => {
    const before = candidate.task.checks.find((check) => check.id === id)?.says ?? '';
    const after = changed(before, change(before));
    return withPrompt(
      withCheck(candidate, id, (check) => ({ ...check, says: after })),
      (prompt) => prompt.replace(before, () => after),
    );
  };
}

/** Tiers on Monday's price whose first ends at `until` and whose second demands at most `bound` in all. */
function withTiers(candidate: Candidate, { until = 800, bound = 0 }: { until?: number; bound?: number }): Candidate {
  const { on, tiers } = rule<'tier'>(candidate, 'monday');
  const [low, high] = tiers as [(typeof tiers)[number], (typeof tiers)[number]];
  const budget = high.then[0] as Node<'aggregate'>;
  const demand = { ...budget, bound: bound || budget.bound };
  const stars = low.then[0] as Node<'aggregate'>;
  const euros = (cents: number): string => (cents / 100).toFixed(2);
  const says = `If the price on mon is less than ${euros(until)} EUR, the stars are at least ${(stars.bound / 10).toFixed(1)}; from ${euros(high.from)} EUR on all lunches cost at most ${euros(demand.bound)} EUR.`;
  return withOtherRule(candidate, {
    id: 'monday',
    says,
    constraint: {
      kind: 'tier',
      on,
      tiers: [
        { ...low, until },
        { ...high, then: [demand] },
      ],
    },
  });
}

/** A solution that says by heart what the honest one found, after the calls that `before` makes. */
const reciting =
  (before: string): Sabotage =>
  (candidate) => ({
    ...candidate,
    solution: `export function solve(tools) {\n${before}\ntools.submit_result(JSON.parse(${JSON.stringify(submitted)}));\n}`,
  });

/** Calls every tool for everything, and looks at nothing. */
const looking = `for (const { name: hall } of tools.list_halls({})) for (const { name: stall } of tools.list_stalls({ hall })) tools.get_stall({ stall });`;

/** A solution that finds the stalls of the honest one by their prices, which it knows by heart. */
const recitingByPrice: Sabotage = (candidate) => {
  using world = createWorldStore().open(candidate.world);
  const rows = (JSON.parse(submitted) as { stall: string }[]).map(({ stall, ...row }) => ({
    ...row,
    price: world.query('SELECT price FROM stall WHERE name = :stall', { stall })[0]?.price,
  }));
  const solution = `export function solve(tools) {
    const stalls = [];
    for (const { name: hall } of tools.list_halls({}))
      for (const { name: stall } of tools.list_stalls({ hall })) stalls.push(tools.get_stall({ stall }));
    tools.submit_result(${JSON.stringify(rows)}.map(({ price, ...row }) => ({
      ...row,
      stall: stalls.find((one) => one.price === price).name,
    })));
  }`;
  return { ...candidate, solution };
};

/** A task that any two different stalls solve. */
const guessable: Sabotage = (candidate) => {
  const constraint: Constraint = {
    kind: 'distinct',
    terms: [{ part: 'lunches', field: 'stall', attr: {} }],
    op: '>=',
    bound: 2,
  };
  const { task } = candidate;
  const rules = task.checks.filter((check) => check.constraint);
  const bare = withTask(candidate, () => ({
    checks: task.checks.filter((check) => !check.constraint),
    prompt: rules.reduce((prompt, check) => prompt.replace(`- ${check.says}\n`, ''), task.prompt),
    literals: [...task.literals, 'Cedar', 'Elm', 'Fig'],
  }));
  return withRule(
    withBrief(bare, (brief) => ({ ...brief, rules: [] })),
    { id: 'two', says: 'There must be at least two different stalls.', constraint },
  );
};

/** A schema that lets `[{"a": …}]` through, and a check that breaks on answers without any day: nothing but a hostile answer gets there. */
const hostileBreaks: Sabotage = (candidate) => {
  const lax = withSchema(candidate, (schema) => {
    const items = schema.items as { properties: object };
    return {
      ...schema,
      minItems: 1,
      items: { ...items, properties: { ...items.properties, a: { type: 'string' } }, required: [] },
    };
  });
  const counted = '(SELECT count(*) AS n, count(day) AS days FROM answer)';
  const added = `UNION ALL SELECT 1 FROM ${counted} WHERE days > 0 AND n <> 3 UNION ALL SELECT 1 FROM ${counted} WHERE days = 0 AND abs(-9223372036854775807 - n)`;
  return withSql('variety', (sql) => `SELECT 1 FROM (${sql}) ${added}`)(lax);
};

describe('an honest task', () => {
  it('passes every gate', async () => {
    const { results } = await askAll(honest);

    expect(results.filter((result) => !result.holds)).toEqual([]);
  });

  it('leaves solutions, near misses and kills in the evidence', async () => {
    const { evidence } = await askAll(honest);
    const rules = honest.task.checks.filter((check) => check.stage === 'rule').map((check) => check.id);

    expect(evidence.solutions.length).toBeGreaterThan(1);
    expect(evidence.nearMisses.map((miss) => miss.check)).toEqual(rules);
    expect(evidence.killMatrix.length).toBeGreaterThan(3);
    expect(evidence.killMatrix.every((kill) => kill.killed === kill.mutants && kill.low <= 1 && kill.high === 1)).toBe(
      true,
    );
    expect(evidence.tools.minimum).toBeLessThanOrEqual(evidence.tools.calls);
    expect(evidence.judged).toMatchObject({ disagreements: 0 });
  });
});

/** What is done to the task, and the gates that refuse it when each is asked: first the one that is meant. */
const sabotages: readonly [string, GateName[], Sabotage][] = [
  [
    'a solution that gives up',
    ['witness', 'mutants', 'tool-only', 'twin'],
    (c) => ({ ...c, solution: 'export function solve() { throw new Error("I give up"); }' }),
  ],
  [
    'a solution that submits nothing',
    ['witness', 'mutants', 'tool-only', 'twin'],
    (c) => ({ ...c, solution: 'export function solve() {}' }),
  ],
  [
    'a solution that knows fewer rules',
    ['witness', 'mutants', 'twin'],
    (c) =>
      withBrief(c, (brief) => ({
        ...brief,
        rules: brief.rules.filter((one) => one.kind !== 'all-different' && one.kind !== 'aggregate'),
        seed: 3,
      })),
  ],
  [
    'a check that is stricter than its clause',
    ['witness', 'mutants', 'necessity', 'twin', 'differential'],
    withSql('budget', (sql) => sql.replace(/\d{4}/, '900')),
  ],
  [
    'a schema that asks for no rows',
    ['trivial', 'mutants', 'clauses', 'differential'],
    (c) => withSchema(c, ({ minItems: _, ...schema }) => schema),
  ],
  [
    'a rule whose check was forgotten',
    ['mutants', 'necessity', 'bounds', 'differential'],
    withSql('apart', (sql) => `SELECT * FROM (${sql}) WHERE 0`),
  ],
  [
    'a rule that another one implies',
    ['necessity'],
    (c) =>
      withRule(c, {
        id: 'twice',
        says: 'All lunches together must cost at most 90.00 EUR.',
        constraint: { ...rule<'aggregate'>(c, 'budget'), bound: 9000 },
      }),
  ],
  [
    'a rule that is said twice',
    ['necessity'],
    (c) =>
      withRule(c, {
        id: 'again',
        says: 'Never eat at one stall on two days.',
        constraint: rule<'all-different'>(c, 'variety'),
      }),
  ],
  [
    'a check that minds the order of rows',
    ['equivalence', 'differential'],
    withSql(
      'variety',
      (sql) =>
        `SELECT 1 FROM (${sql}) UNION ALL SELECT 1 FROM json_each(:answer) WHERE key = 0 AND json_extract(value, '$.day') <> 'mon'`,
    ),
  ],
  ['a check that breaks on hostile answers', ['total', 'clauses', 'differential'], hostileBreaks],
  ['a solution that recites', ['tool-only', 'twin'], (c) => reciting('')(c)],
  ['a solution that looks at everything and recites', ['twin'], (c) => reciting(looking)(c)],
  ['a solution that recites what it knows by its price', ['twin'], (c) => recitingByPrice(c)],
  [
    'a tool that the solver is not given',
    ['witness', 'mutants', 'tool-only'],
    (c) => withTask(c, (task) => ({ tools: task.tools.filter((tool) => tool !== 'get_stall') })),
  ],
  [
    'a tool that tells one column under the name of another',
    ['tool-only'],
    withTool('cheapest_stall', (sql) => sql.replace('SELECT name', 'SELECT hall AS name')),
  ],
  [
    'a tool that tells of others than it is asked for',
    ['tool-only'],
    withTool('list_queues', (sql) => sql.replace('stall = :stall', 'stall <> :stall')),
  ],
  [
    'a tool that tells nothing',
    ['tool-only'],
    withTool('cheapest_stall', (sql) => sql.replace('ORDER BY', 'WHERE price < 0 ORDER BY')),
  ],
  ['rules that a guess keeps', ['closed-book'], guessable],
  [
    'an answer in the prompt',
    ['closed-book', 'differential'],
    (c) => withPrompt(c, (prompt) => `${prompt}\n\nFor example: ${submitted}`),
  ],
  [
    'an answer in words in the prompt',
    ['closed-book'],
    (c) => withPrompt(c, (prompt) => `${prompt}\n\n${[...textsOf(JSON.parse(submitted))].join(' is good, ')} as well.`),
  ],
  [
    'a tool that tells the answer',
    ['closed-book', 'differential'],
    (c) => ({
      ...c,
      environment: {
        ...c.environment,
        tools: c.environment.tools.map((tool) => ({ ...tool, description: `${tool.description} ${submitted}` })),
      },
    }),
  ],
  [
    'a level that random play must not reach',
    ['dominance'],
    (c) => withTask(c, (task) => ({ difficulty: { ...task.difficulty, level: 3 } })),
  ],
  ['a branch that demands nothing', ['dominance'], (c) => withTiers(c, { bound: 99_000 })],
  ['tiers with a gap between them', ['clauses'], (c) => withTiers(c, { until: 750 })],
  ['another number in a clause', ['clauses'], withClause('north', (says) => says.replace('6', '7'))],
  ['another name in a clause', ['clauses'], withClause('north', (says) => says.replace('North', 'South'))],
  [
    'a clause that turns the bound round',
    ['clauses'],
    withClause('budget', (says) => says.replace(/at most|no more than/, 'at least')),
  ],
  [
    'a condition that is said the other way round',
    ['clauses'],
    withClause('north', (says) => says.replace(/at least|no less than/, 'at most')),
  ],
  [
    'a wait that is said the other way round',
    ['clauses'],
    withClause('patience', (says) => says.replace(/at most|no more than/, 'at least')),
  ],
  [
    'a bound that is said to be exclusive',
    ['clauses'],
    withClause('budget', (says) => says.replace(/at most|no more than/, 'less than')),
  ],
  [
    'a number in a clause that its rule does not know',
    ['clauses'],
    withClause('north', (says) => says.replace(/\.$/, ', 77 times.')),
  ],
  ['a bound in cents', ['clauses'], withClause('budget', (says) => says.replace(/(\d+)\.(\d\d) EUR/, '$1$2'))],
  ['a bound in another currency', ['clauses'], withClause('budget', (says) => says.replace('EUR', 'USD'))],
  ['a distance of other size', ['clauses'], withClause('apart', (says) => says.replace('3', '30'))],
  ['a clause that counts otherwise', ['clauses'], withClause('north', (says) => `Some days: ${says} On average.`)],
  [
    'a clause that speaks of something else',
    ['clauses'],
    withClause('budget', (says) => says.replace('price', 'rating')),
  ],
  [
    'a check that the prompt does not say',
    ['clauses'],
    (c) => withPrompt(c, (prompt) => prompt.replace(/^- .*stalls of the days.*\n/m, '')),
  ],
  [
    'a demand that nothing checks',
    ['clauses'],
    (c) => withPrompt(c, (prompt) => prompt.replace('\n- ', '\n- Nobody eats soup.\n- ')),
  ],
  [
    'another number in the schema that the prompt shows',
    ['clauses'],
    (c) => withPrompt(c, (prompt) => prompt.replace('"maximum":20', '"maximum":21')),
  ],
  [
    'another number in the example that the prompt shows',
    ['clauses'],
    (c) => withPrompt(c, (prompt) => prompt.replace('<integer 0 to 20>', '<integer 0 to 30>')),
  ],
  ['a task of another world', ['determinism'], (c) => withTask(c, () => ({ world: '0'.repeat(64) }))],
  [
    'an environment of another world',
    ['determinism'],
    (c) => ({ ...c, environment: { ...c.environment, world: 'f'.repeat(64) } }),
  ],
];

describe('the audit refuses', () => {
  it.each(sabotages)('%s', async (_, expected, sabotage) => {
    const { refusedBy, results } = await askAll(sabotage(honest));

    expect({ refusedBy, why: results.filter((result) => !result.holds).map((result) => result.detail) }).toMatchObject({
      refusedBy: expected,
    });
  });

  it.each([
    ['lets everything pass', (): 'pass' => 'pass'],
    ['breaks', (): 'error' => 'error'],
  ])('a shipped program that %s', async (_, verdict) => {
    const program: VerifierProgram = {
      judge: async (_task, answers) => answers.map(() => ({ verdict: verdict(), score: 1, violations: [] })),
      [Symbol.asyncDispose]: async () => {},
    };

    expect((await askAll(honest, [{ name: 'verify.xx', program }])).refusedBy).toEqual(['differential']);
  });
});

describe('the gate clauses', () => {
  const stars = (op: '<' | '<=' | '>=' | '>'): Constraint => ({
    kind: 'aggregate',
    fn: 'sum',
    terms: [{ part: 'lunches', field: 'stall', attr: { column: 'rating' } }],
    op,
    bound: 90,
  });
  const refuses = async (constraint: Constraint, says: string) =>
    (await askAll(withRule(honest, { id: 'stars', says, constraint }))).refusedBy.includes('clauses');

  it.each([
    ['>', 'more than', 'no more than'],
    ['>', 'strictly above', 'not above'],
    ['<', 'less than', 'no less than'],
    ['<', 'under', 'not under'],
    ['>=', 'at least', 'more than'],
    ['<=', 'at most', 'less than'],
  ] as const)('takes for %s "%s", but not "%s"', async (op, right, wrong) => {
    expect(await refuses(stars(op), `The stars must be ${right} 9.0.`)).toBe(false);
    expect(await refuses(stars(op), `The stars must be ${wrong} 9.0.`)).toBe(true);
  });

  const stalls = [{ part: 'lunches', field: 'stall', attr: {} }];
  const none: Constraint = { kind: 'aggregate', fn: 'count', terms: stalls, op: '<=', bound: 0 };
  const even: Constraint = { kind: 'balance', terms: stalls, values: ['A', 'B'], spread: 0 };

  it.each<[string, Constraint, boolean]>([
    ['The number of lunches at a stall must be 0.', none, false],
    ['Plan so that the number of lunches at a stall is 0.', none, false],
    ['The number of lunches at a stall must be at most 0.', none, false],
    ['The number of lunches at a stall must not be 0.', none, true],
    ['The number of lunches at a stall must be 0 or more.', none, true],
    ['The number of lunches at a stall must be 0.', { ...none, bound: 1 }, true],
    ['The number of lunches at a stall must be 0.', { ...none, op: '>=' }, true],
    ['Lunches at stalls must be equal in number.', even, false],
    ['Lunches at stalls must not be equal in number.', even, true],
    ['Lunches at stalls must be equal in number.', { ...even, spread: 1 }, true],
  ])('reads "%s" of what may be nothing', async (says, constraint, refused) => {
    expect(await refuses(constraint, says)).toBe(refused);
  });
});

describe('the gate determinism', () => {
  const remake = createRemake({ packs: new Map([[fixedLunchPack.name, fixedLunchPack]]), worlds: createWorldStore() });
  let made: Candidate;
  beforeAll(async () => {
    made = (await mint([2], { pack: fixedLunchPack })).candidates[0] as Candidate;
  });
  const told = async (candidate: Candidate) =>
    (await askAll(candidate, [], remake)).results.find(({ gate }) => gate === 'determinism');

  it('finds again what was made here', async () => {
    expect(await told(made)).toMatchObject({
      holds: true,
      detail: expect.stringContaining('from its seed it is the same'),
    });
  });

  it.each<[string, string, Sabotage]>([
    [
      'a word of the story',
      '"prompt" in task.json',
      (c) => withPrompt(c, (prompt) => prompt.replace('lunch', 'dinner')),
    ],
    [
      'the weight of a check',
      '"checks" in task.json',
      (c) => withCheck(c, 'north', (check) => ({ ...check, weight: 2 })),
    ],
    [
      'its level',
      '"id" in task.json',
      (c) => withTask(c, (task) => ({ difficulty: { ...task.difficulty, level: 8 } })),
    ],
    [
      'a tool',
      '"tools" in environment.json',
      (c) => ({
        ...c,
        environment: {
          ...c.environment,
          tools: c.environment.tools.map((tool) => ({ ...tool, description: `${tool.description}!` })),
        },
      }),
    ],
  ])('refuses what says that it was made here and is otherwise in %s', async (_, where, sabotage) => {
    expect(await told(sabotage(made))).toMatchObject({ holds: false, detail: expect.stringContaining(where) });
  });

  it('cannot say so of what another engine made', async () => {
    const foreign = { ...made, environment: { ...made.environment, engine: 'envmint/0' } };

    expect(await told(foreign)).toMatchObject({
      holds: true,
      detail: expect.stringContaining('nothing is made again'),
    });
  });
});

describe('the gate bounds', () => {
  /** Each number of a check moved by the smallest step that an answer can tell. */
  const offByOne: readonly [string, Sabotage][] = [
    ['north, one less', withSql('north', (sql) => sql.replace('6', '5'))],
    ['north, one more', withSql('north', (sql) => sql.replace('6', '7'))],
    ['apart, one more', withSql('apart', (sql) => sql.replace(/\b3\b/, '4'))],
    // Nobody waits 24 or 25 minutes in this world, and no lunches cost between 22.70 and 23.00 EUR.
    ['patience, to the wait below', withSql('patience', (sql) => sql.replace('24', '22'))],
    ['patience, to the wait above', withSql('patience', (sql) => sql.replace('24', '26'))],
    [
      'budget, to the sum above',
      withSql('budget', (sql) => sql.replace(/\d{4}/, (bound) => String(Number(bound) + 30))),
    ],
    ['budget, ten less', withSql('budget', (sql) => sql.replace(/\d{4}/, (bound) => String(Number(bound) - 10)))],
  ];

  it.each(offByOne)('refuses a check that is off by one: %s', async (_, sabotage) => {
    const { refusedBy } = await askAll(sabotage(honest));

    // A check that is too strict may refuse the reference solution already, and then there is nothing to begin from.
    expect(['witness', 'mutants', 'necessity', 'bounds']).toContain(refusedBy[0]);
  });

  it('says how many bounds were met, and on which side none could be', async () => {
    const { results, evidence } = await askAll(honest);

    expect(results.find((result) => result.gate === 'bounds')?.detail).toMatch(
      /^6 of 7 bounds asked: \d met from both sides, \d exactly.*all SQL is what this engine writes$/,
    );
    expect(evidence.bounds).toHaveLength(6);
    for (const { below, at, above, bound } of evidence.bounds) {
      expect(below ?? bound - 1).toBeLessThan(bound);
      expect(at ?? bound).toBe(bound);
      expect(above ?? bound + 1).toBeGreaterThan(bound);
    }
  });

  it('asks every bound, and many answers around, of a check that the engine did not write', async () => {
    const { evidence, results } = await askAll(withSql('budget', (sql) => `SELECT * FROM (${sql})`)(honest));

    expect(results.filter((result) => !result.holds)).toEqual([]);
    expect(evidence.bounds.filter((one) => one.check === 'budget')).toMatchObject([{ told: true }]);
    expect(results.find((result) => result.gate === 'bounds')?.detail).toContain('1 check ');
  });

  it('refuses a check with an exception that few answers meet', async () => {
    const excepted = withSql('variety', (sql) => `${sql} AND v <> 'Hazel'`)(honest);

    expect((await askAll(excepted)).refusedBy).not.toEqual([]);
  });
});
