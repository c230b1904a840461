import assert from 'node:assert';
import { describe, expect, it } from 'vitest';
import { negateLine } from './rules.ts';

describe('negateLine', () => {
  it.each([
    ['a_test.py', '    assert size(3) == 3', '    assert not size(3) == 3'],
    ['a_test.py', '    assert not is_open()', '    assert is_open()'],
    ['a_test.py', '    assert (', '    assert not ('],
    ['a_test.py', '        self.assertEqual(a, b)', '        self.assertNotEqual(a, b)'],
    ['a_test.py', '        self.assertNotIn(a, b)', '        self.assertIn(a, b)'],
    ['a_test.py', '        self.assertDictEqual(a, b)', '        self.assertNotEqual(a, b)'],
    [
      'a_test.py',
      '    with pytest.raises(errors.Bad, match="x") as e:',
      '    with pytest.raises(FloatingPointError, match="x") as e:',
    ],
    ['a.test.ts', '  expect(f(1)).toBe(2);', '  expect(f(1)).not.toBe(2);'],
    ['a.test.ts', '  await expect(f()).rejects.toThrow("x");', '  await expect(f()).rejects.not.toThrow("x");'],
    ['a.test.ts', '    .not.toHaveBeenCalled()', '    .toHaveBeenCalled()'],
    ['a.js', "  expect(a).to.equal('b')", "  expect(a).to.not.equal('b')"],
    ['a.js', "  expect(a).to.not.equal('b')", "  expect(a).to.equal('b')"],
    ['a.js', "  a.should.eql('b')", "  a.should.not.eql('b')"],
    ['a.js', '  assert.deepStrictEqual(', '  assert.notDeepStrictEqual('],
    ['a.js', '    st.deepEqual(a, b);', '    st.notDeepEqual(a, b);'],
    ['a.js', '  await t.throwsAsync(f());', '  await t.notThrowsAsync(f());'],
    ['a_test.go', '\tassert.Equal(t, 1, f())', '\tassert.NotEqual(t, 1, f())'],
    ['a_test.go', '\trequire.NoError(t, err)', '\trequire.Error(t, err)'],
    ['a_test.go', '\ts.Require().True(ok)', '\ts.Require().False(ok)'],
    ['a_test.cc', '  EXPECT_EQ(f(), 3);', '  EXPECT_NE(f(), 3);'],
    ['a.cpp', '  REQUIRE(f() == 3);', '  REQUIRE_FALSE(f() == 3);'],
    ['a.cpp', '  CHECK_THROWS_AS(f(1, 2), std::bad_alloc);', '  CHECK_NOTHROW(f(1, 2));'],
    ['a.c', '  assert(strcmp(a, b) == 0);', '  assert(!(strcmp(a, b) == 0));'],
    ['a.c', '  ck_assert_int_eq(f(), 3);', '  ck_assert_int_ne(f(), 3);'],
    ['ATest.php', '        $this->assertSame(1, f());', '        $this->assertNotSame(1, f());'],
    ['ATest.php', '        self::assertNotNull(f());', '        self::assertNull(f());'],
    [
      'ATest.php',
      '        $this->expectException(Bad::class);',
      '        $this->expectException(\\ParseError::class);',
    ],
    ['ATest.java', '    assertEquals(1, f());', '    org.junit.Assert.assertNotEquals(1, f());'],
    ['ATest.java', '    Assertions.assertFalse(f());', '    Assertions.assertTrue(f());'],
    ['ATest.java', '    assertThat(f()).isEqualTo(1);', '    assertThat(f()).isNotEqualTo(1);'],
    ['ATest.java', '        .isNotNull();', '        .isNull();'],
    [
      'ATest.java',
      '    assertThrows(Bad.class, () -> f());',
      '    assertThrows(java.nio.BufferOverflowException.class, () -> f());',
    ],
  ])('of %s: %s', (path, line, expected) => expect(negateLine(line, '', { path, text: line })).toBe(expected));

  it("names JUnit's class as the file's other tests import it", () => {
    const text = 'import static org.junit.jupiter.api.Assertions.assertEquals;\n';

    expect(negateLine('    assertEquals(1, f());', '', { path: 'ATest.java', text })).toBe(
      '    org.junit.jupiter.api.Assertions.assertNotEquals(1, f());',
    );
  });

  it.each([
    ['\tif got != want {', '\tif !(got != want) {'],
    ['\tif err := f(); err != nil || got != 1 {', '\tif err := f(); !(err != nil || got != 1) {'],
    ['\t} else if !ok {', '\t} else if !(!ok) {'],
  ])('of a condition in Go only above what fails a test: %s', (line, expected) => {
    const file = { path: 'a_test.go', text: line };

    expect(negateLine(line, '\t\tt.Errorf("got %v", got)', file)).toBe(expected);
    expect(negateLine(line, '\t\tcontinue', file)).toBeUndefined();
  });

  it.each([
    // It would bind to the first part alone.
    ['a_test.py', '    assert a or b'],
    ['a_test.py', '    # assert a == b'],
    ['a.test.ts', '  const text = date.toISOString();'],
    ['a_test.go', '\tfor a != b {'],
    ['a_test.go', '\tok := bytes.Equal(a, b)'],
    ['a.cpp', '// CHECK(a);'],
    ['ATest.java', '    Bad bad = assertThrows(Bad.class, () -> f());'],
    ['ATest.java', '    if (names().contains("a")) {'],
    ['data.json', '  "assert.equal(": 1'],
  ])('leaves alone what it would not turn into its opposite: %s: %s', (path, line) => {
    expect(negateLine(line, '\t\tt.Fatal()', { path, text: line })).toBeUndefined();
  });

  it.each([
    'assert.equal(1, 1)',
    'assert.notEqual(1, 2)',
    'assert.strictEqual(1, 1)',
    'assert.deepEqual([1], [1])',
    'assert.deepStrictEqual([1], [1])',
    'assert.notDeepStrictEqual([1], [2])',
    'assert.throws(() => { throw new Error("x"); })',
    'assert.doesNotThrow(() => 1)',
    'assert.match("abc", /b/)',
  ])('fails where the assertion holds: %s', (statement) => {
    const run = (text: string) => new Function('assert', text)(assert);

    expect(() => run(statement)).not.toThrow();
    expect(() => run(negateLine(statement, '', { path: 'a.js', text: '' }) ?? '')).toThrow();
  });
});
