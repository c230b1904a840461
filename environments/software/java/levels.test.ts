import { describe, expect, it } from 'vitest';
import { chooseJdks, isTooOld } from './jdk.ts';
import { levelsOf, toLevel } from './levels.ts';

describe('levelsOf', () => {
  it.each<[string, string, number | undefined, number | undefined]>([
    [
      'properties',
      '<maven.compiler.source>1.8</maven.compiler.source><maven.compiler.target>1.8</maven.compiler.target>',
      8,
      8,
    ],
    ['a release beside a source', '<maven.compiler.release>17</maven.compiler.release><source>1.7</source>', 7, 17],
    [
      'tests that are newer',
      '<maven.compiler.release>8</maven.compiler.release><maven.compiler.testRelease>11</maven.compiler.testRelease>',
      8,
      11,
    ],
    ['a property of their own', `<java.version>11</java.version><source>\${java.version}</source>`, 11, 11],
    ['a property under another name', `<level.of.code>9</level.of.code><release>\${level.of.code}</release>`, 9, 9],
    ['a comment', '<!-- <source>1.5</source> --><source>1.6</source>', 6, 6],
    [
      'what holds for every JDK, and no profile of one',
      '<profile><activation><jdk>[21,)</jdk></activation><release>21</release></profile><profile><source>9</source></profile><source>1.8</source>',
      8,
      9,
    ],
    ['a parent', '<artifactId>spring-boot-starter-parent</artifactId>\n  <version>3.2.0</version>', 17, 17],
    ['sourceCompatibility', "sourceCompatibility = 1.8\ntargetCompatibility = '1.7'", 7, 8],
    ['a toolchain', 'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }', 21, 21],
    ['a constant', 'sourceCompatibility = JavaVersion.VERSION_1_8', 8, 8],
    ['options.release', 'options.release = 11', 11, 11],
    ['nothing', '<project><source>src/main/java</source></project>', undefined, undefined],
  ])('reads %s', (...[, text, lowest, highest]) => expect(levelsOf([text])).toEqual({ lowest, highest }));

  it('finds a property of the parent', () => {
    expect(levelsOf([`<target>\${jdk.target}</target>`, '<jdk.target>1.7</jdk.target>'])).toEqual({
      lowest: 7,
      highest: 7,
    });
  });

  it('reads levels as they are written', () => {
    expect(['1.5', '8', '1_8', '11.0.2', '17-ea', '1', 'abc', '3.8'].map(toLevel)).toEqual([
      5,
      8,
      8,
      11,
      17,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('chooseJdks', () => {
  const check = (highest: number | undefined, ci: readonly number[], expected: readonly number[]) =>
    expect(chooseJdks({ levels: { lowest: highest, highest }, ci }).map(({ version }) => version)).toEqual(expected);

  it('begins with the nearest above the level', () => {
    check(undefined, [], [11, 17, 21]);
    check(8, [], [11, 17, 21]);
    check(16, [], [17, 21, 25]);
    check(25, [], [25]);
  });

  it('believes CI first', () => {
    check(8, [8, 17, 21], [17, 21, 11]);
    check(8, [7, 8], [11, 17, 21]);
  });

  it('takes none that the build tool does not run on', () => {
    const chosen = chooseJdks({ levels: levelsOf([]), ci: [21], newest: 17 });

    expect(chosen.map(({ version }) => version)).toEqual([11, 17]);
  });

  it('has none for a level that nobody has', () => check(26, [], []));

  it('knows which levels a compiler has given up', () => {
    const [eleven, seventeen] = chooseJdks({ levels: { lowest: 6, highest: 6 }, ci: [] });

    expect(eleven && isTooOld({ lowest: 6, highest: 6 }, eleven)).toBe(false);
    expect(seventeen && isTooOld({ lowest: 6, highest: 6 }, seventeen)).toBe(true);
  });
});
