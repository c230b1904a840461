import type { Language } from '../../domain/language.ts';
import { languageOfPath } from '../files/code-language.ts';

/** Turns one kind of assertion into one that fails wherever the first holds. */
interface NegateRule {
  readonly from: RegExp;
  /** As String.replace has it. */
  readonly to: string;
  /** What the line below has to be. */
  readonly below?: RegExp;
}

/** Calls of `one` for those of `other` and the other way round, behind what `before` matches. */
function swap(before: string, pairs: readonly (readonly [one: string, other: string])[]): NegateRule[] {
  return pairs.flatMap(([one, other]) => [
    { from: new RegExp(`(${before})${one}(?=\\()`), to: `$1${other}` },
    { from: new RegExp(`(${before})${other}(?=\\()`), to: `$1${one}` },
  ]);
}

const PYTHON: readonly NegateRule[] = [
  // "not a == b" is "not (a == b)"; with "or" and "if" it would bind to the first part alone.
  { from: /^(\s*)assert\s+not\s+(?!.*\b(?:or|if|lambda|for)\b)/, to: '$1assert ' },
  { from: /^(\s*)assert\s+(?!not\b)(?!.*\b(?:or|if|lambda)\b)/, to: '$1assert not ' },
  ...swap('self\\.', [
    ['assertEqual', 'assertNotEqual'],
    ['assertTrue', 'assertFalse'],
    ['assertIn', 'assertNotIn'],
    ['assertIs', 'assertIsNot'],
    ['assertIsNone', 'assertIsNotNone'],
    ['assertIsInstance', 'assertNotIsInstance'],
    ['assertAlmostEqual', 'assertNotAlmostEqual'],
    ['assertRegex', 'assertNotRegex'],
  ]),
  { from: /(self\.)assert(?:List|Dict|Tuple|Set|Sequence|MultiLine)Equal(?=\()/, to: '$1assertNotEqual' },
  // Whatever is raised, this is not it.
  {
    from: /(\b(?:pytest\.raises|self\.assertRaises(?:Regex)?)\()(?:\w+\.)*\w+(?=[,)])/,
    to: '$1FloatingPointError',
  },
];

/** Of jest, vitest, chai, node:assert, AVA, tap and tape. */
const SCRIPT: readonly NegateRule[] = [
  { from: /\.not(\.to(?:Be|Contain|Equal|Have|Match|StrictEqual|Throw)\w*\()/, to: '$1' },
  { from: /(?<!\.not)(\.to(?:Be|Contain|Equal|Have|Match|StrictEqual|Throw)\w*\()/, to: '.not$1' },
  { from: /\.(?:not\.to|to\.not)\./, to: '.to.' },
  { from: /(\)\.|^\s*\.)to\.(?=\w)/, to: '$1to.not.' },
  { from: /\.should\.not\./, to: '.should.' },
  { from: /\.should\.(?=\w)/, to: '.should.not.' },
  ...swap('\\bassert\\.', [
    ['equal', 'notEqual'],
    ['strictEqual', 'notStrictEqual'],
    ['deepEqual', 'notDeepEqual'],
    ['deepStrictEqual', 'notDeepStrictEqual'],
    ['throws', 'doesNotThrow'],
    ['match', 'doesNotMatch'],
    ['rejects', 'doesNotReject'],
    ['isTrue', 'isFalse'],
    ['include', 'notInclude'],
  ]),
  { from: /(\bassert\.)eql(?=\()/, to: '$1notDeepEqual' },
  ...swap('^\\s*(?:await )?\\w*t\\.', [
    ['true', 'false'],
    ['truthy', 'falsy'],
    ['is', 'not'],
    ['ok', 'notOk'],
    ['deepEqual', 'notDeepEqual'],
    ['same', 'notSame'],
    ['strictSame', 'strictNotSame'],
    ['regex', 'notRegex'],
    ['throwsAsync', 'notThrowsAsync'],
    ['throws', 'notThrows'],
    ['equal', 'notEqual'],
  ]),
];

const GO_NAMES = [
  ['Equal', 'NotEqual'],
  ['Equalf', 'NotEqualf'],
  ['True', 'False'],
  ['Nil', 'NotNil'],
  ['NoError', 'Error'],
  ['Contains', 'NotContains'],
  ['Empty', 'NotEmpty'],
  ['Zero', 'NotZero'],
  ['ErrorIs', 'NotErrorIs'],
  ['Panics', 'NotPanics'],
  ['Same', 'NotSame'],
] as const;

/** What fails a test in Go, below its condition. */
export const GO_FAILS = /^\s*\w*\.(?:Error|Fatal|Fail)\w*\(|^\s*panic\(/;

const GO: readonly NegateRule[] = [
  ...swap(
    '^\\s*(?:assert|require|is|as|must|should|a|r|asserts?|s(?:uite)?(?:\\.(?:Require|Assert)\\(\\))?)\\.',
    GO_NAMES,
  ),
  { from: /^(\s*(?:\} else )?if (?:.*; )?)(.+) \{$/, to: '$1!($2) {', below: GO_FAILS },
];

const CPP: readonly NegateRule[] = [
  ...swap('\\b(?:EXPECT|ASSERT)_', [
    ['EQ', 'NE'],
    ['TRUE', 'FALSE'],
    ['LT', 'GE'],
    ['LE', 'GT'],
    ['STREQ', 'STRNE'],
  ]),
  { from: /\b(REQUIRE|CHECK)_FALSE(?=\()/, to: '$1' },
  { from: /\b(REQUIRE|CHECK)(?=\()/, to: '$1_FALSE' },
  { from: /\b(REQUIRE|CHECK)_NOTHROW(?=\()/, to: '$1_THROWS' },
  { from: /\b(REQUIRE|CHECK)_THROWS(?=\()/, to: '$1_NOTHROW' },
  { from: /\b(REQUIRE|CHECK)_THROWS_AS\((.*), *[^(),]+\)(?=;$)/, to: '$1_NOTHROW($2)' },
  ...swap('\\b(?:REQUIRE|CHECK)_', [['EQ', 'NE']]),
  { from: /\b(BOOST_(?:CHECK|REQUIRE|TEST)_)EQUAL(?=\()/, to: '$1NE' },
  ...swap('\\bck_assert_(?:int|uint|str|ptr|mem)_', [['eq', 'ne']]),
  ...swap('\\bassert_', [
    ['true', 'false'],
    ['int_equal', 'int_not_equal'],
    ['string_equal', 'string_not_equal'],
    ['null', 'non_null'],
  ]),
  ...swap('\\bTEST_ASSERT_', [
    ['TRUE', 'FALSE'],
    ['NULL', 'NOT_NULL'],
  ]),
  { from: /\b(assert|ck_assert|BOOST_(?:CHECK|REQUIRE|TEST))\((.*)\)(?=;$)/, to: '$1(!($2))' },
];

const PHP: readonly NegateRule[] = [
  ...swap('(?:\\$this->|self::|static::)', [
    ['assertSame', 'assertNotSame'],
    ['assertEquals', 'assertNotEquals'],
    ['assertTrue', 'assertFalse'],
    ['assertNull', 'assertNotNull'],
    ['assertContains', 'assertNotContains'],
    ['assertInstanceOf', 'assertNotInstanceOf'],
    ['assertCount', 'assertNotCount'],
    ['assertEmpty', 'assertNotEmpty'],
    ['assertStringContainsString', 'assertStringNotContainsString'],
    ['assertArrayHasKey', 'assertArrayNotHasKey'],
  ]),
  { from: /((?:\$this->|self::|static::)expectException\()[^()]+(?=\);$)/, to: '$1\\ParseError::class' },
];

const JAVA_NAMES = [
  ['assertEquals', 'assertNotEquals'],
  ['assertTrue', 'assertFalse'],
  ['assertNull', 'assertNotNull'],
  ['assertSame', 'assertNotSame'],
] as const;

/** `home` is the class of JUnit that has all of them: tests import the ones that they call only. */
function java(home: string): readonly NegateRule[] {
  return [
    ...swap('\\b(?:Assert|Assertions)\\.', JAVA_NAMES),
    ...swap('(?<![.\\w])', JAVA_NAMES).map(({ from, to }) => ({ from, to: to.replace('$1', `${home}.`) })),
    // Not where its result is taken: that has the type of the exception.
    {
      from: /^(\s*)((?:\w+\.)*assertThrows(?:Exactly)?\()[\w.]+\.class/,
      to: '$1$2java.nio.BufferOverflowException.class',
    },
    ...swap('^\\s*(?:assertThat\\(.*\\))?\\.', [
      ['isEqualTo', 'isNotEqualTo'],
      ['isTrue', 'isFalse'],
      ['isNull', 'isNotNull'],
      ['isEmpty', 'isNotEmpty'],
      ['isInstanceOf', 'isNotInstanceOf'],
      ['isSameAs', 'isNotSameAs'],
      ['contains', 'doesNotContain'],
    ]),
  ];
}

const JUNIT_4 = java('org.junit.Assert');
const JUNIT_5 = java('org.junit.jupiter.api.Assertions');

const RULES: Readonly<Partial<Record<Language, readonly NegateRule[]>>> = {
  python: PYTHON,
  javascript: SCRIPT,
  typescript: SCRIPT,
  go: GO,
  c: CPP,
  cpp: CPP,
  php: PHP,
};

const COMMENT = /^\s*(?:#|\/\/|\*|\/\*)/;

/** The line with its assertion negated; undefined where there is none that we know. `below` is the next one. */
export function negateLine(
  line: string,
  below: string,
  file: { readonly path: string; readonly text: string },
): string | undefined {
  if (COMMENT.test(line)) return undefined;
  const rule = rulesFor(file.path, file.text).find((one) => one.from.test(line) && (one.below?.test(below) ?? true));
  return rule && line.replace(rule.from, rule.to);
}

/** In the order in which they are tried. */
function rulesFor(path: string, text: string): readonly NegateRule[] {
  const language = languageOfPath(path);
  if (language === 'java') return text.includes('org.junit.jupiter') ? JUNIT_5 : JUNIT_4;
  return (language && RULES[language]) ?? [];
}
