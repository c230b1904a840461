import { describe, expect, it } from 'vitest';
import { contradictLine, contradictOutput } from './contradict.ts';

describe('contradictLine', () => {
  it.each([
    ['a_test.py', '    assert size("a b") == 17', '    assert size("a b") == 10'],
    ['a_test.py', '    assert is_open() == True', '    assert is_open() == False'],
    ['a_test.py', "    assert name(1) == 'abc'", "    assert name(1) == 'abe'"],
    ['a_test.py', "    assert f(1) == 'one\\ntwo\\n'", "    assert f(1) == 'one\\ntwe\\n'"],
    ['a_test.py', '    assert f(1) == "\\\\"', '    assert f(1) == "\\\\0"'],
    ['a_test.py', '        self.assertEqual(f(1, [2, 3]), "one")', '        self.assertEqual(f(1, [2, 3]), "ona")'],
    ['a_test.py', '    assert f(1) == (1, ["b", None])', '    assert f(1) == (1, ["e", None])'],
    [
      'a.test.ts',
      "  expect(f(1)).toEqual([{ a: 1, 'b-c': [true] }]);",
      "  expect(f(1)).toEqual([{ a: 1, 'b-c': [false] }]);",
    ],
    ['a.test.ts', '  expect(f(1, 2)).toBe(3);', '  expect(f(1, 2)).toBe(6);'],
    ['a.js', "  expect(f(')')).to.equal('')", "  expect(f(')')).to.equal('0')"],
    ['a.js', '  assert.strictEqual(f(1), 2)', '  assert.strictEqual(f(1), 5)'],
    ['a.js', '    st.equal(1.5, f());', '    st.equal(1.8, f());'],
    ['a_test.go', '\tassert.Equal(t, "x", f("y"))', '\tassert.Equal(t, "e", f("y"))'],
    ['a_test.go', '\tis.Equal(f(1), 2)', '\tis.Equal(f(1), 5)'],
    ['ATest.java', '        assertEquals(-1, f(1, "a,b"));', '        assertEquals(-4, f(1, "a,b"));'],
    ['ATest.java', '    assertThat(f(1)).isEqualTo("a");', '    assertThat(f(1)).isEqualTo("e");'],
    [
      'ATest.php',
      "        self::assertSame(['a' => 1, 'b' => 2], f());",
      "        self::assertSame(['a' => 1, 'b' => 5], f());",
    ],
    ['ATest.php', "        $this->assertSame('a', f());", "        $this->assertSame('e', f());"],
    ['a.cc', '  EXPECT_EQ(f(1), 3);', '  EXPECT_EQ(f(1), 6);'],
    ['a.cpp', '  REQUIRE(f(1) == "x");', '  REQUIRE(f(1) == "e");'],
    ['a.c', '  ok(strcmp(f(1), "x") == 0, "a name");', '  ok(strcmp(f(1), "x") == 3, "a name");'],
    ['a.c', "  assert(f(1) == 'e');", "  assert(f(1) == 'a');"],
  ])('of %s: %s', (path, line, expected) => expect(contradictLine(line, '', path)).toBe(expected));

  it('leaves what is no code alone', () => {
    expect(contradictLine('a == 1', '', 'tests/input.txt')).toBeUndefined();
  });

  it('of a condition in Go only above what fails a test', () => {
    expect(contradictLine('\tif got := f(1); got != 2 {', '\t\tt.Fatal(got)', 'a_test.go')).toBe(
      '\tif got := f(1); got != 5 {',
    );
    expect(contradictLine('\tif got := f(1); got != 2 {', '\t\tcontinue', 'a_test.go')).toBeUndefined();
  });

  it.each([
    // No side is a value.
    ['a_test.py', '    assert f(1) == g(2)'],
    ['a_test.py', '    assert f(1) == [1, g(2)]'],
    ['a_test.py', '    assert f(1) == []'],
    // Another value would satisfy these as well.
    ['a_test.py', '    assert f(1) == 2 or f(1) == 3'],
    ['a_test.py', '    assert f(1) != 2'],
    ['a.test.ts', '  expect(f(1)).not.toBe(3);'],
    ['a.js', '  expect(f(1)).not.to.equal(3);'],
    ['a.js', '  expect(f(1)).to.not.equal(3);'],
    ['a_test.go', '\tif a != 1 && b != 2 {'],
    // It asserts nothing.
    ['a.js', "  if (name.equals('b')) run();"],
    // With a message or a tolerance the sides are not known.
    ['ATest.java', '    assertEquals("message", 1, f());'],
    ['ATest.java', '    assertEquals(1.0, f(), 0.5);'],
    ['a.js', "    st.equal(f(), g(), 'message');"],
    // Its text goes on.
    ['a.test.ts', '  expect(f(1)).toBe('],
    ['a.py', 'text = "a \\" == 1"'],
    ['a_test.py', "    assert f(1) == '\\\\n'"],
  ])('knows no other value: %s: %s', (path, line) => {
    expect(contradictLine(line, '\t\tt.Fatal()', path)).toBeUndefined();
  });
});

describe('contradictOutput', () => {
  it.each([
    ['a.ini: e=5 user=112', 'a.ini: e=5 user=115'],
    ['  "name": "late",', '  "name": "lata",'],
    ['+ abc;', '+ abe;'],
    ['{', undefined],
  ])('has another sign for the last one: %s', (line, expected) => expect(contradictOutput(line)).toBe(expected));
});
