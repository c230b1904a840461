import { describe, expect, it } from 'vitest';
import { narrowIncludes } from './includes.ts';

const pom = (includes: string, more = '') => `<project><build><plugins>
  <plugin><artifactId>maven-jar-plugin</artifactId><configuration><includes><include>a/B.class</include></includes></configuration></plugin>
  <plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-surefire-plugin</artifactId>
    <configuration><includes>${includes}</includes></configuration>${more}
  </plugin>
</plugins></build></project>`;
const include = (pattern: string) => `<include>${pattern}</include>`;

describe('narrowIncludes', () => {
  it.each([
    ['one suite', pom(include('**/TestAllPackages.java')), ['TestAllPackages']],
    ['an old custom', pom(include('**/Test*.java') + include('org/a/*TestCase.class')), ['Test*', '*TestCase']],
    ['with a comment', pom(`<!-- ${include('**/*Test.java')} -->${include(' **/AllTests.java ')}`), ['AllTests']],
  ])('%s', (_, text, expected) => expect(narrowIncludes([text])).toEqual(expected));

  it.each([
    ['every test is run', pom(include('**/*Test.java') + include('**/Abc.java'))],
    ['nothing is said', pom('')],
    ['a property says it', pom(include(['$', '{tests}'].join('')))],
    ['a run of its own says it', pom(include('**/AllTests.java'), '<executions></executions>')],
  ])('none where %s', (_, text) => expect(narrowIncludes([text])).toEqual([]));
});
