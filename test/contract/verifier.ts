import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/domain/task.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { createTask, passing } from './verifier-fixture.ts';

/** Judges answers to a task on the fixture's world. */
export type Judge = (task: unknown, answers: readonly (string | Uint8Array)[]) => Promise<Verdict[]>;

/** What two verifiers must agree about: everything but the wording. */
export function essence({ verdict, score, violations }: Verdict): unknown {
  return { verdict, score, violations: violations.map(({ check, pointer }) => ({ check, pointer })) };
}

const [first, second] = passing.one as unknown as [Record<string, unknown>, Record<string, unknown>];
const text = (value: unknown): string => JSON.stringify(value);
const withHotel = (hotel: unknown): string => text([{ ...first, hotel }, second]);
const withGuests = (guests: string): string => text([{ ...first, guests: '?' }, second]).replace('"?"', guests);

/** Answers that do not fit the schema, and where. */
const malformed: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['nothing', '', ''],
  ['no JSON', 'hello', ''],
  ['trailing text', `${text(passing.one)} x`, ''],
  ['a byte order mark', `\uFEFF${text(passing.one)}`, ''],
  ['bytes that are not UTF-8', new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]), ''],
  ['UTF-16', new Uint8Array(Buffer.from(text(passing.one), 'utf16le')), ''],
  ['more than 1 MiB', `${text(passing.one)}${' '.repeat(2 ** 20)}`, ''],
  ['50 MB of brackets', '['.repeat(5e7), ''],
  ['deep but short', '['.repeat(1000) + ']'.repeat(1000), ''],
  ['deep behind a quote', `"[\\"${'['.repeat(100)}`, ''],
  ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, ''],
  ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`, ''],
  ['NaN', withGuests('NaN'), ''],
  ['Infinity', withGuests('-Infinity'), ''],
  ['a leading zero', withGuests('02'), ''],
  ['a control character in a string', text(passing.one).replace('Krone', 'Kr\none'), ''],
  ['null', 'null', ''],
  ['a bare string', '"x"', ''],
  ['an object for the array', '{}', ''],
  ['an empty array', '[]', ''],
  ['a row too many', text([first, second, second]), ''],
  ['a row that is no object', text([first, 1]), '/1'],
  ['a missing property', text([first, { date: second.date, hotel: second.hotel }]), '/1'],
  ['an unknown property', text([{ ...first, 'a/b~c': 1 }, second]), '/0/a~1b~0c'],
  [
    'several unknown properties',
    text([{ ...first, z: 1, '10': 1, '9': 1, '\u{1F3D4}': 1, '\uFFFD': 1 }, second]),
    '/0/10',
  ],
  [
    'unknown properties beyond the basic plane',
    text([{ ...first, '\u{1F3D4}': 1, '\uFFFD': 1 }, second]),
    '/0/\u{1F3D4}',
  ],
  ['__proto__', text(passing.one).replace('{', '{"__proto__":{"guests":2},'), '/0/__proto__'],
  ['constructor', text([first, { ...second, constructor: 1 }]), '/1/constructor'],
  ['an unknown key', text([{ ...first, date: '2025-06-03' }, second]), '/0/date'],
  ['a number for a name', withHotel(7), '/0/hotel'],
  ['a name of 201 characters', withHotel('\u{1F3D4}'.repeat(201)), '/0/hotel'],
  ['an escaped control character', withHotel('a\u0000'), '/0/hotel'],
  ['delete', withHotel('a\u007f'), '/0/hotel'],
  ['half a character', text(passing.one).replace('Krone', '\\ud83c'), '/0/hotel'],
  ['a text for an integer', withGuests('"2"'), '/0/guests'],
  ['a truth value for an integer', withGuests('true'), '/0/guests'],
  ['a fraction', withGuests('2.5'), '/0/guests'],
  ['an integer out of bounds', withGuests('10'), '/0/guests'],
  ['an integer beyond 2^53', withGuests('9007199254740993'), '/0/guests'],
  ['5000 digits', withGuests('1'.repeat(5000)), '/0/guests'],
  ['a number that overflows', withGuests('1e999'), '/0/guests'],
];

/** Answers that fit the schema: how they are judged. */
const judged: readonly (readonly [string, string, Verdict['verdict'], number, readonly string[]])[] = [
  ['the witness', text(passing.one), 'pass', 1, []],
  [
    'any order of rows and properties',
    text([{ guests: 4, hotel: second.hotel, date: second.date }, first]),
    'pass',
    1,
    [],
  ],
  ['white space and escapes', text(passing.one).replaceAll(',', ' ,\n\t').replace('G', '\\u0047'), 'pass', 1, []],
  ['2.0 for 2', withGuests('2.0'), 'pass', 1, []],
  ['20e-1 for 2', withGuests('20e-1'), 'pass', 1, []],
  ['a property twice: the last one counts', text(passing.one).replace('{', '{"guests":"x",'), 'pass', 1, []],
  ['a broken rule', withGuests('3'), 'fail', 0.857143, ['pairs']],
  [
    'several broken rules',
    text([
      { ...first, guests: 9 },
      { ...second, hotel: first.hotel },
    ]),
    'fail',
    0.428571,
    ['different', 'pairs', 'growing'],
  ],
  ['too dear', withHotel('Grand Palace'), 'fail', 0.571429, ['cheap']],
  ['a key twice', text([first, { ...second, date: first.date }]), 'fail', 0, ['once-nights']],
  ['an unknown name', withHotel('Grand palace'), 'fail', 0, ['known-nights-hotel']],
  ['a name with a blank', withHotel('Grand Palace '), 'fail', 0, ['known-nights-hotel']],
  ['an empty name', withHotel(''), 'fail', 0, ['known-nights-hotel']],
  ['SQL for a name', withHotel("x' OR 1=1; DROP TABLE hotels; --"), 'fail', 0, ['known-nights-hotel']],
  ['a name of 200 characters', withHotel('\u{1F3D4}'.repeat(200)), 'fail', 0, ['known-nights-hotel']],
];

const rule = (sql: string): Check => ({ id: 'rule', says: '', sql, weight: 1, stage: 'rule', origin: 'test' });

/** Checks that no verifier may run. */
const refused = [
  "ATTACH '/etc/passwd' AS other",
  'PRAGMA table_info(hotels)',
  'DELETE FROM hotels',
  'SELECT 1; SELECT 2',
  'SELECT 1 FROM answer; DROP TABLE hotels',
  "SELECT load_extension('x')",
  'SELECT random()',
  'SELECT randomblob(1000)',
  'SELECT zeroblob(1000000000)',
  "SELECT date('now')",
  'SELECT "random"()',
  'SELECT current_timestamp',
  'SELECT * FROM sqlite_master',
  'SELECT * FROM pragma_database_list',
  "SELECT * FROM pragma_table_info('hotels')",
  'SELECT * FROM nowhere',
  'SELECT absent FROM hotels',
  'SELECT',
  'EXPLAIN SELECT 1',
  'SELECT 1) OR EXISTS (SELECT 1',
  '',
];

type Edit = (task: Record<string, unknown>) => unknown;
const answerOf = (task: Record<string, unknown>): Record<string, unknown> => task.answer as Record<string, unknown>;

/** Ways in which a task can be damaged. */
const damage: readonly (readonly [string, Edit])[] = [
  ['is not an object', () => 7],
  ['is null', () => null],
  ['is of another format', (task) => ({ ...task, format: 'envmint.task/2' })],
  ['has no answer', ({ answer, ...task }) => task],
  ['has no common table expressions', (task) => ({ ...task, answer: { ...answerOf(task), cte: 7 } })],
  [
    'does not read the answer',
    (task) => ({ ...task, answer: { ...answerOf(task), cte: 'WITH answer AS (SELECT 1)' } }),
  ],
  ['has no schema', (task) => ({ ...task, answer: { ...answerOf(task), schema: undefined } })],
  [
    'has an unknown keyword',
    (task) => ({ ...task, answer: { ...answerOf(task), schema: { type: 'string', pattern: 'x' } } }),
  ],
  [
    'has a type of another kind',
    (task) => ({ ...task, answer: { ...answerOf(task), schema: { type: 'constructor' } } }),
  ],
  [
    'has a bound that is a text',
    (task) => ({ ...task, answer: { ...answerOf(task), schema: { type: 'integer', minimum: '1' } } }),
  ],
  [
    'lets everything through',
    (task) => ({ ...task, answer: { ...answerOf(task), schema: { type: 'object', properties: {} } } }),
  ],
  ['has no checks', (task) => ({ ...task, checks: [] })],
  ['has a check twice', (task) => ({ ...task, checks: [rule('SELECT 1'), rule('SELECT 1')] })],
  ['has a check without weight', (task) => ({ ...task, checks: [{ ...rule('SELECT 1'), weight: 0 }] })],
  ['has a check of another stage', (task) => ({ ...task, checks: [{ ...rule('SELECT 1'), stage: 'later' }] })],
  ['has a check that is null', (task) => ({ ...task, checks: [null] })],
];

/** The contract of every verifier. */
export function verifierContract(judge: Judge): void {
  const judgeOne = async (task: unknown, answer: string | Uint8Array): Promise<Verdict> => {
    const [verdict] = await judge(task, [answer]);
    return verdict as Verdict;
  };

  it('fails what does not fit the schema, and says where', async () => {
    const verdicts = await judge(
      createTask('one'),
      malformed.map(([, answer]) => answer),
    );

    expect(verdicts.map((verdict, index) => [malformed[index]?.[0], essence(verdict)])).toEqual(
      malformed.map(([name, , pointer]) => [
        name,
        { verdict: 'fail', score: 0, violations: [{ check: 'format', pointer }] },
      ]),
    );
    expect(verdicts.every(({ violations }) => (violations[0]?.message.length ?? 0) > 5)).toBe(true);
  });

  it('judges what fits the schema by its checks', async () => {
    const verdicts = await judge(
      createTask('one'),
      judged.map(([, answer]) => answer),
    );

    expect(
      verdicts.map(({ verdict, score, violations }, index) => {
        return [judged[index]?.[0], verdict, score, violations.map(({ check }) => check)];
      }),
    ).toEqual(judged.map(([name, , verdict, score, checks]) => [name, verdict, score, checks]));
  });

  it('points into the parts of an answer that has several', async () => {
    const { nights, walks } = passing.two;
    const verdicts = await judge(createTask('two'), [
      text(passing.two),
      text({ nights }),
      text({ nights, walks: [walks[0], { walk: true, town: 'Zürich' }] }),
      text({ nights, walks: [walks[0], { walk: '1', town: 'Zürich' }] }),
      text({ nights, walks: [walks[0], walks[0]] }),
    ]);

    expect(verdicts.map(({ verdict, violations }) => [verdict, violations[0]?.check, violations[0]?.pointer])).toEqual([
      ['pass', undefined, undefined],
      ['fail', 'format', ''],
      ['fail', 'format', '/walks/1/walk'],
      ['fail', 'format', '/walks/1/walk'],
      ['fail', 'once-walks', undefined],
    ]);
  });

  it('says what was found, in at most five rows', async () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7]
      .map((n) => `SELECT ${n} AS n, 'x' AS x, NULL AS none, ${n}.0 AS whole, 0.5 AS half`)
      .join(' UNION ALL ');
    const task = createTask('one', [
      rule(numbers),
      { ...rule('SELECT hotel, guests FROM answer WHERE guests = 3'), id: 'three' },
    ]);
    const { violations } = await judgeOne(task, withGuests('3'));

    expect(violations[0]?.message).toMatch(
      /^n=1, x=x, none=null, whole=1, half=0\.5; .*n=5, x=x, none=null, whole=5, half=0\.5; and more$/,
    );
    expect(violations[1]?.message).toBe('hotel=Gasthof "Krone", guests=3');
  });

  it('judges alike where all checks have as many columns, so that their rows are asked for together', async () => {
    const task = createTask('one');
    const counted = (sql: string): string =>
      `SELECT 'here' AS at, n AS found FROM (SELECT count(*) AS n FROM (${sql})) WHERE n > 0`;
    const checks = task.checks.map((check) => (check.stage === 'rule' ? { ...check, sql: counted(check.sql) } : check));
    const texts = judged.map(([, answer]) => answer);
    const verdicts = await judge({ ...task, checks }, texts);

    expect(verdicts.map(essence)).toEqual((await judge(task, texts)).map(essence));
    expect(await judge({ ...task, checks }, [...texts, ...texts])).toEqual([...verdicts, ...verdicts]);
    expect(verdicts.flatMap(({ violations }) => violations).find(({ check }) => check === 'pairs')?.message).toBe(
      'at=here, found=1',
    );
  });

  it('judges by a single check, whatever its columns are called', async () => {
    const brokenBy = async (sql: string) => {
      const task = { ...createTask('one'), checks: [{ ...rule(sql), id: 'only' }] };
      const { verdict, violations } = await judgeOne(task, text(passing.one));
      return [verdict, ...violations.map(({ check }) => check)];
    };

    expect(await brokenBy('SELECT 7')).toEqual(['fail', 'only']);
    expect(await brokenBy('SELECT 5 AS "0", 4 AS "1", 3 AS "check"')).toEqual(['fail', 'only']);
    expect(await brokenBy('SELECT 7 WHERE 0')).toEqual(['pass']);
  });

  it('shows five of many rows each time', async () => {
    const many = [1, 2, 3, 4, 5, 6, 7].map((n) => `SELECT ${n} AS n, 'x' AS x`).join(' UNION ALL ');
    const verdicts = await judge(createTask('one', [rule(many)]), [text(passing.one), text(passing.one)]);
    const messages = verdicts.map(({ violations }) => violations[0]?.message);

    expect(messages).toEqual(Array(2).fill('n=1, x=x; n=2, x=x; n=3, x=x; n=4, x=x; n=5, x=x; and more'));
  });

  it('rounds a score half to even', async () => {
    const weighted = [1, 31].map((weight, index) => ({ ...rule(`SELECT 1 WHERE ${index}`), id: `r${index}`, weight }));
    const shares = [
      await judgeOne(createTask('one', weighted), text(passing.one)),
      await judgeOne(
        createTask(
          'one',
          weighted.map((check, index) => ({ ...check, weight: index === 0 ? 1 : 63 })),
        ),
        text(passing.one),
      ),
      await judgeOne(
        createTask(
          'one',
          weighted.map((check, index) => ({ ...check, weight: index === 0 ? 3 : 125 })),
        ),
        text(passing.one),
      ),
    ];

    // 1/32 = 0.03125, 1/64 = 0.015625, 3/128 = 0.0234375.
    expect(shares.map(({ score }) => score)).toEqual([0.03125, 0.015625, 0.023438]);
  });

  it.each(refused)('refuses the check %j as damage', async (sql) => {
    const verdict = await judgeOne(createTask('one', [rule(sql)]), text(passing.one));

    expect(verdict).toMatchObject({ verdict: 'error', score: 0 });
    expect(verdict.violations[0]?.message).not.toMatch(/\n\s+at /);
  });

  it('calls a check that breaks while it runs an error', async () => {
    const broken = rule(
      'SELECT abs(-9223372036854775807 - 1 - min(guests) + min(guests)) FROM answer HAVING abs(-9223372036854775807 - 1) > 0',
    );

    await expect(judgeOne(createTask('one', [broken]), text(passing.one))).resolves.toMatchObject({
      verdict: 'error',
      score: 0,
    });
  });

  it.each(damage)('calls a task that %s damaged, whatever the answer', async (_, edit) => {
    const task = edit({ ...createTask('one') });
    const verdicts = await judge(task, [text(passing.one), '[', '[]']);

    expect(verdicts.map(({ verdict, score }) => [verdict, score])).toEqual(Array(3).fill(['error', 0]));
  });

  it('gives the same verdict again', async () => {
    const answers = [...malformed.slice(0, 5), ...judged].map(([, answer]) => answer);

    expect(await judge(createTask('one'), answers)).toEqual(await judge(createTask('one'), answers));
  });
}

/** Runs the contract on one implementation. */
export function describeVerifier(name: string, judge: Judge): void {
  describe(name, () => verifierContract(judge));
}
