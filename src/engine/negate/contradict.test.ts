import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../util/rng.ts';
import { contradict, contradictNamed, contradictOutput, type Edit } from './contradict.ts';

/** The first digit or letter becomes the first other one. */
const choice = { pick: <T>(list: readonly T[]): T => list[0] as T };

/** The text with the best edit of its first line; undefined where there is none. */
function edited(path: string, text: string, find: typeof contradict = contradict): string | undefined {
  const lines = text.split('\n');
  const [edit] = find({ path, lines, at: 0 }, choice);
  return edit && withEdit(lines, edit);
}

function withEdit(lines: readonly string[], { at, line }: Edit): string {
  return lines.with(at, line).join('\n');
}

describe('contradict', () => {
  it.each([
    ['a_test.py', '    assert size("a b") == 17', '    assert size("a b") == 10'],
    ['a_test.py', '    assert size(1) == 17, "a message"  # why', '    assert size(1) == 10, "a message"  # why'],
    ['a_test.py', '    assert is_open() == True', '    assert is_open() == False'],
    ['a_test.py', '    assert is_open() is True', '    assert is_open() is False'],
    ['a_test.py', '    assert 0x1f == f(1)', '    assert 0x1a == f(1)'],
    ['a_test.py', "    assert name(1) == 'Abc'", "    assert name(1) == 'Bbc'"],
    ['a_test.py', "    assert f(1) == b'one2\\n'", "    assert f(1) == b'one0\\n'"],
    ['a_test.py', "    assert f(1) == '\\x1b[m'", "    assert f(1) == '\\x1b[a'"],
    ['a_test.py', '    assert f(1) == "\\\\"', '    assert f(1) == "\\\\0"'],
    ['a_test.py', '        self.assertEqual(f(1, [2, 3]), "one")', '        self.assertEqual(f(1, [2, 3]), "ane")'],
    ['a_test.py', "    assert f(1) == '\\\\n'", "    assert f(1) == '\\\\a'"],
    ['a_test.py', '    assert f(1) == (1, ["b", None])', '    assert f(1) == (1, ["a", None])'],
    ['a_test.py', '    assert {"x": 1, "y": 2} == f(a)', '    assert {"x": 1, "y": 0} == f(a)'],
    // What makes a thing of values is as good as they, where there is a digit to change: a word may be one that it refuses.
    ['a_test.py', '    assert f(1) == Money(1000, "EUR")', '    assert f(1) == Money(1001, "EUR")'],
    ['a_test.py', '    assert f(1) == [Money(5), Money(7)]', '    assert f(1) == [Money(5), Money(0)]'],
    ['a_test.py', '    assert f(1) == datetime.date(2024, 2, 29)', '    assert f(1) == datetime.date(2024, 2, 20)'],
    ['a_test.py', '        self.assertEqual(Size(10), 17)', '        self.assertEqual(Size(10), 10)'],
    ['a_test.py', '    assert f(1) == Mode("auto")', undefined],
    ['a_test.py', '    assert f(1) == Money(5).half()', undefined],
    ['a_test.py', '    assert f(1) == Table(5)[2]', undefined],
    ['a_test.py', '    assert f(1) == parse("5")', undefined],
    ['ATest.java', '    assertEquals(Money.parse("0.13"), f(1));', '    assertEquals(Money.parse("1.13"), f(1));'],
    ['ATest.java', '    assertEquals(new Point<Long>(2, 3), f(1));', '    assertEquals(new Point<Long>(2, 0), f(1));'],
    ['ATest.java', '    assertEquals(Mode.of("auto"), f(1));', undefined],
    [
      'ATest.php',
      '        $this->assertEquals(new \\A\\Money(12), f(1));',
      '        $this->assertEquals(new \\A\\Money(10), f(1));',
    ],
    ['a.test.ts', "  expect(f(1)).toEqual(new Date('2020-01-02'));", "  expect(f(1)).toEqual(new Date('0020-01-02'));"],
    ['a_test.go', '\tassert.Equal(t, Parse("5"), f(1))', undefined],
    [
      'a_test.py',
      '    with pytest.raises(Bad, match="is not known"):',
      '    with pytest.raises(Bad, match="as not known"):',
    ],
    [
      'a_test.py',
      '    with self.assertRaisesRegex(Bad, "is not known"):',
      '    with self.assertRaisesRegex(Bad, "as not known"):',
    ],
    [
      'a_test.py',
      '    assert f(1) == [\n        "a",\n        "b",\n    ]',
      '    assert f(1) == [\n        "a",\n        "a",\n    ]',
    ],
    [
      'a_test.py',
      '    self.assertEqual(\n        f(1),\n        "b",\n    )',
      '    self.assertEqual(\n        f(1),\n        "a",\n    )',
    ],
    ['a_test.py', '    assert f(1) == """\n  b\n"""', '    assert f(1) == """\n  a\n"""'],
    ['a_test.py', '    assert f(1) == dedent("""\\\n  b\n""")', '    assert f(1) == dedent("""\\\n  a\n""")'],
    [
      'a.test.ts',
      "  expect(f(1)).toEqual([{ a: 1, 'b-c': [true] }]);",
      "  expect(f(1)).toEqual([{ a: 1, 'b-c': [false] }]);",
    ],
    ['a.test.ts', '  expect(f(1, 2)).toBe(3);', '  expect(f(1, 2)).toBe(0);'],
    [
      'a.test.ts',
      '  expect(f(1)).toEqual({\n    a: 1,\n    b: [2],\n  });',
      '  expect(f(1)).toEqual({\n    a: 1,\n    b: [0],\n  });',
    ],
    [
      'a.test.ts',
      '  expect(f(1)).toMatchInlineSnapshot(`\n    b\n  `);',
      '  expect(f(1)).toMatchInlineSnapshot(`\n    a\n  `);',
    ],
    ['a.test.ts', '  ).toHaveLength(12);', '  ).toHaveLength(10);'],
    ['a.test.ts', "  expect(() => f(1)).toThrow('is not known');", "  expect(() => f(1)).toThrow('as not known');"],
    ['a.js', "  expect(f(')')).to.equal('')", "  expect(f(')')).to.equal('0')"],
    ['a.js', '  assert.strictEqual(f(1), 2)', '  assert.strictEqual(f(1), 0)'],
    ['a.js', "  t.assert.strictEqual(f(1), 2, 'a message')", "  t.assert.strictEqual(f(1), 0, 'a message')"],
    ['a.js', "      .expect(200, '{}', done)", "      .expect(201, '{}', done)"],
    ['a.ts', '    .expect(404)', '    .expect(400)'],
    ['a.js', '  assert(f(1) === 2)', '  assert(f(1) === 0)'],
    ['a.js', '    st.equal(1.5, f());', '    st.equal(1.0, f());'],
    ['a_test.go', '\tassert.Equal(t, "x", f("y"))', '\tassert.Equal(t, "a", f("y"))'],
    [
      'a_test.go',
      '\tassert.Equal(t, []string{"x"}, f("y"), "of %s", a)',
      '\tassert.Equal(t, []string{"a"}, f("y"), "of %s", a)',
    ],
    ['a_test.go', '\tassert.Equal(t, map[string]int{"x": 1}, f())', '\tassert.Equal(t, map[string]int{"x": 0}, f())'],
    ['a_test.go', '\tis.Equal(f(1), 2)', '\tis.Equal(f(1), 0)'],
    ['ATest.java', '        assertEquals(-1, f(1, "a,b"));', '        assertEquals(-0, f(1, "a,b"));'],
    ['ATest.java', '        assertEquals("a message", 1L, f());', '        assertEquals("a message", 0L, f());'],
    ['ATest.java', '    assertThat(f(1)).isEqualTo("b");', '    assertThat(f(1)).isEqualTo("a");'],
    [
      'ATest.java',
      '        .isEqualTo(\n            "b"\n                + "c");',
      '        .isEqualTo(\n            "b"\n                + "a");',
    ],
    [
      'ATest.php',
      "        self::assertSame(['a' => 1, 'b' => 2], f());",
      "        self::assertSame(['a' => 1, 'b' => 0], f());",
    ],
    ['ATest.php', "        $this->assertSame('b', f());", "        $this->assertSame('a', f());"],
    ['a.cc', '  EXPECT_EQ(f(1), 3u);', '  EXPECT_EQ(f(1), 0u);'],
    [
      'a.cc',
      '  EXPECT_EQ(f(1, "("),\n            "b"\n            "c");',
      '  EXPECT_EQ(f(1, "("),\n            "b"\n            "a");',
    ],
    ['a.cpp', '  REQUIRE(f(1) == "x");', '  REQUIRE(f(1) == "a");'],
    ['a.cpp', '  CHECK(f(1) == std::vector<int>{1, 2});', '  CHECK(f(1) == std::vector<int>{1, 0});'],
    ['a.c', '  ok(strcmp(f(1), "x") == 0, "a name");', '  ok(strcmp(f(1), "x") == 1, "a name");'],
    ['a.c', "  assert(f(1) == 'e');", "  assert(f(1) == 'a');"],
    [
      'a.c',
      '  OWN_STR_EQ(runner, f("x"), "<p>b</p>",\n             "what it is about");',
      '  OWN_STR_EQ(runner, f("x"), "<a>b</p>",\n             "what it is about");',
    ],
    ['a.c', '  own_assert_equal_i(2, f(1)); /* why */', '  own_assert_equal_i(0, f(1)); /* why */'],
  ])('of %s: %s', (path, text, expected) => expect(edited(path, text)).toBe(expected));

  it('leaves what is no code alone', () => expect(edited('tests/input.txt', 'assert a == 1')).toBeUndefined());

  it('of a condition in Go only above what fails a test', () => {
    expect(edited('a_test.go', '\tif got := f(1); got != 2 {\n\t\tt.Fatal(got)')).toBe(
      '\tif got := f(1); got != 0 {\n\t\tt.Fatal(got)',
    );
    expect(edited('a_test.go', '\tif got := f(1); got != 2 {\n\t\tcontinue')).toBeUndefined();
  });

  it.each([
    // No side is a value.
    ['a_test.py', '    assert f(1) == g(2)'],
    ['a_test.py', '    assert f(1) == [1, g(2)]'],
    ['a_test.py', '    assert f(1) == []'],
    ['a_test.py', '    assert f(1) == f"a{b}"'],
    ['a.test.ts', ['  expect(f(1)).toBe(`a$', '{b}`);'].join('')],
    // Another value would satisfy these as well.
    ['a_test.py', '    assert f(1) == 2 or f(1) == 3'],
    ['a_test.py', '    assert f(1) != 2'],
    ['a_test.py', '    self.assertNotEqual(f(1), 2)'],
    ['a_test.py', '    with pytest.raises(Bad, match="short"):'],
    ['a.test.ts', '  expect(f(1)).not.toBe(3);'],
    ['a.js', '  expect(f(1)).not.to.equal(3);'],
    ['a.js', '  expect(f(1)).to.not.equal(3);'],
    ['a_test.go', '\tif a != 1 && b != 2 {'],
    // It asserts nothing.
    ['a.js', "  if (name.equals('b')) run();"],
    ['a.c', '  request(1, 2);'],
    // With a tolerance; with a message alone.
    ['a.js', "    st.equal(f(), g(), 'message');"],
    ['a.c', '  OWN_EQ(f(), g(), "what it is about");'],
    // With a size behind the sides: another right answer may have the same bytes there.
    ['a.c', '  TEST_ASSERT_EQUAL_MEMORY(f(), g(), 4);'],
    ['a.c', '  TEST_ASSERT_EQUAL_INT_ARRAY(f(), g(), 4);'],
    ['a.c', '  own_assert_equal_strn(f(), g(), 4);'],
    // Its text does not end.
    ['a.test.ts', '  expect(f(1)).toBe('],
    ['a.py', 'text = "a \\" == 1"'],
  ])('knows no other value: %s: %s', (path, text) => {
    expect(edited(path, `${text}\n\t\tt.Fatal()`)).toBeUndefined();
  });

  it('ends on long texts that fit nowhere', () => {
    const strings = '\n          "a"'.repeat(50);

    expect(edited('a.c', `  EXPECT_EQ(f(1),${strings} x);`)).toBeUndefined();
    expect(edited('a.c', `  EXPECT_EQ(f(1), {${'1'.repeat(1000)}x});`)).toBeUndefined();
    expect(edited('a_test.py', `    assert ${'f == '.repeat(300)}x`)).toBeUndefined();
  });

  it('has other values for another seed, of the same length', () => {
    const values = fc.oneof(
      fc.nat().map(String),
      fc.stringMatching(/^[ -!#-[\]-~]{0,10}[!#-[\]-~][ -!#-[\]-~]{0,10}$/).map((text) => `"${text}"`),
    );
    fc.assert(
      fc.property(values, fc.string(), (value, seed) => {
        const lines = [`  assert f(1) == ${value}`];
        for (const { line } of contradict({ path: 'a.py', lines, at: 0 }, createRng(seed))) {
          expect(line).toHaveLength(lines[0]?.length ?? 0);
          expect(line).not.toBe(lines[0]);
        }
      }),
    );
    const edits = ['a', 'b', 'c', 'd'].map((seed) =>
      contradict({ path: 'a.py', lines: ['assert f(1) == "a long text"'], at: 0 }, createRng(seed)),
    );
    expect(new Set(edits.map(([edit]) => edit?.line)).size).toBeGreaterThan(1);
  });
});

describe('contradictNamed', () => {
  it.each([
    ['a_test.go', '\texpected := "a b c d e" // why', '\texpected := "b b c d e" // why'],
    ['a_test.go', '\t\t{name: "x", want: true, wantErr: g()},', '\t\t{name: "x", want: false, wantErr: g()},'],
    ['a_test.py', '    expected_lines = ["x", "y"]', '    expected_lines = ["x", "a"]'],
    [
      'a_test.py',
      '    expected = (\n        "x"\n        "y"\n    )',
      '    expected = (\n        "x"\n        "a"\n    )',
    ],
    ['a.test.ts', "    const expected: string[] = ['x', 'y'];", "    const expected: string[] = ['x', 'a'];"],
    ['a.test.ts', "    { input: f(1), expected: 'xb c d e f' },", "    { input: f(1), expected: 'ab c d e f' },"],
    [
      'ATest.java',
      '        String expected =\n            "x"\n                + "y";',
      '        String expected =\n            "x"\n                + "a";',
    ],
    ['ATest.php', "            'expected' => 'xb c d e f',", "            'expected' => 'ab c d e f',"],
    ['a.c', '    const char *expected = "xb c d e f";', '    const char *expected = "ab c d e f";'],
  ])('of %s: %s', (path, text, expected) => expect(edited(path, text, contradictNamed)).toBe(expected));

  it.each([
    ['a_test.go', '\tif got == expected {'],
    ['a_test.go', '\tunwanted := true'],
    // It may be a least, or a part of something.
    ['a_test.go', '\texpected := 1200000000'],
    ['a_test.go', '\texpected := "abc"'],
    ['a_test.go', '\texpected := f(1)'],
    ['a.test.ts', '    const expected = (a) => 1;'],
    ['a.txt', 'expected: 1'],
  ])('knows none: %s: %s', (path, text) => expect(edited(path, text, contradictNamed)).toBeUndefined());
});

describe('contradictOutput', () => {
  it.each([
    ['a.ini: e=5 user=112', 'a.ini: e=0 user=112'],
    ['  "name": "late",', '  "aame": "late",'],
    ['{', 'a'],
    ['  ', undefined],
  ])('has another digit, letter or sign: %s', (line, expected) => {
    expect(edited('a.txt', line, contradictOutput)).toBe(expected);
  });
});
