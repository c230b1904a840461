import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../domain/language.ts';
import { findTestRegions } from './inline-tests.ts';

/** In `code` each line begins with two characters: "T|" marks the lines of tests. */
function check(language: Language, code: string): void {
  const rows = code.replace(/^\n/, '').split('\n');
  const expected = rows.flatMap((row, at) => (row.startsWith('T|') ? [at + 1] : []));
  const text = rows.map((row) => row.replace(/^(?:T\|| {2})/, '')).join('\n');
  const lines = findTestRegions(text, language).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
  expect(lines).toEqual(expected);
}

describe('findTestRegions', () => {
  it.each<[string, Language, string]>([
    [
      'a test module of Rust with its attribute',
      'rust',
      `
  fn f() -> char { '{' }
  
T|#[cfg(test)]
T|mod tests {
T|    use super::*;
T|    #[test]
T|    fn works() { assert_eq!(f(), "}"); /* } */ }
T|}
  fn g<'a>(x: &'a str) -> &'a str { x }`,
    ],
    [
      'a test function of Rust by itself, and its comment',
      'rust',
      `
  fn f() {}
T|// Tests f.
T|#[tokio::test]
T|async fn works() {
T|    f();
T|}
  fn g() {}`,
    ],
    ['a test module of Rust in another file', 'rust', '\nT|#[cfg(test)]\nT|mod tests;\n  fn f() {}'],
    ['a raw string of Rust', 'rust', '\nT|#[test]\nT|fn a() { let x = r#"}"}"#; }\n  fn b() {}'],
    ['no region of Rust where only a comment speaks of tests', 'rust', '\n  // #[cfg(test)]\n  fn f() {}'],
    [
      'test cases of C++',
      'cpp',
      `
  int f() { return 1; }
T|TEST_CASE("f { is one") {
T|    SUBCASE("x") { CHECK(f() == 1); }
T|}
  
T|TEST(Suite, Name)
T|{
T|    EXPECT_EQ(f(), '}');
T|}
  int g();`,
    ],
    [
      'an in-source test of vitest',
      'typescript',
      '\n  export const a = 1;\nT|if (import.meta.vitest) {\nT|  it(`a}`, () => {});\nT|}',
    ],
    ['nothing of Python', 'python', '\n  def test_x(): pass'],
  ])('finds %s', (_, language, code) => check(language, code));

  it('never throws and stays within the file', () => {
    const piece = fc.constantFrom(
      '#[cfg(test)]',
      '#[test]',
      '{',
      '}',
      ';',
      '"',
      "'",
      '/*',
      '*/',
      '//',
      '\n',
      'r#"',
      'fn f()',
      'TEST(a)',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom<Language>('rust', 'cpp', 'javascript'), (pieces, language) => {
        const text = pieces.join('');
        const regions = findTestRegions(text, language);

        const last = text.split('\n').length;
        expect(regions.every((region) => 1 <= region.first && region.first <= region.last && region.last <= last)).toBe(
          true,
        );
        expect(regions.every((region, at) => at === 0 || region.first > (regions[at - 1]?.last ?? 0))).toBe(true);
      }),
    );
  });
});
