import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/testbed/stack.ts';
import { parseWrapper } from './gradle.ts';
import { stack } from './index.ts';

type Files = Readonly<Record<string, string>>;

const test = 'package a;\nimport org.junit.Test;\npublic class FooTest {}\n';
const source = 'package a;\n\npublic final class Foo<T> {\n  int one() { return 1; }\n}\n';
const javac = (level: string) => `<properties><maven.compiler.source>${level}</maven.compiler.source></properties>`;

function toProject(files: Files, changes: Partial<Project> = {}): Project {
  return {
    repository: 'a/b',
    language: 'java',
    paths: Object.keys(files).sort(),
    read: async (path) => files[path],
    committedAt: '2020-05-05T00:00:00Z',
    sources: Object.keys(files).filter((path) => path.includes('src/main/')),
    tests: Object.keys(files).filter((path) => path.endsWith('Test.java')),
    support: [],
    readTest: async (path) => files[path],
    version: undefined,
    ...changes,
  };
}

async function propose(files: Files, changes: Partial<Project> = {}) {
  const proposal = await stack.propose(toProject(files, changes));
  if (proposal.kind !== 'recipes') throw new Error(proposal.kind);
  return proposal.recipes;
}

const maven: Files = {
  'pom.xml': javac('1.8'),
  'src/main/java/a/Foo.java': source,
  'src/test/java/a/FooTest.java': test,
};

describe('propose', () => {
  it('runs the changed classes of a Maven project by name', async () => {
    const [recipe] = await propose(maven);

    expect(recipe).toMatchObject({
      variant: 'maven-jdk11',
      suite: 'bullseye',
      folder: '',
      manifests: ['pom.xml'],
      isPinned: true,
    });
    expect(recipe.test.files).toContain('FooTest');
    expect(recipe.test.files).toContain('maven -o  test "-Dtest=$classes"');
    expect(recipe.packages).toContain('openjdk-11-jdk-headless');
    expect(recipe.env).toMatchObject({ JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=50' });
  });

  it('names canary tests beside the classes that a pom has run alone', async () => {
    const surefire = `<plugin><artifactId>maven-surefire-plugin</artifactId><configuration><includes>
      <include>**/TestAll.java</include></includes></configuration></plugin>`;
    const [recipe] = await propose({ ...maven, 'pom.xml': `${maven['pom.xml']}${surefire}` });
    const [other] = await propose(maven);

    expect(recipe.test.package).toMatch(/classes=.*TestAll'? "\$@"/);
    expect(recipe.test.package).toContain('test "-Dtest=$classes"');
    expect(recipe.test.files).toContain('FooTest');
    expect(other.test.package).not.toContain('-Dtest');
  });

  it('compiles by javac where poms ask for the one of Error Prone', async () => {
    const pom = (id: string) => `${javac('1.8')}<compilerId>${id}</compilerId>`;
    const [recipe] = await propose({ ...maven, 'pom.xml': pom('javac-with-errorprone') });
    const [other] = await propose({ ...maven, 'pom.xml': pom('javac') });

    const flag = '-Dmaven.ext.class.path=/opt/envmint/java/plain-compiler.jar';
    expect(recipe.toolchain.map(({ name }) => name)).toContain('plain-compiler');
    expect([recipe.test.files, recipe.build[0]?.run].every((text) => text?.includes(flag))).toBe(true);
    expect(other.toolchain.map(({ name }) => name)).not.toContain('plain-compiler');
    expect(other.test.files).not.toContain(flag);
  });

  it('begins at the pom that names the module', async () => {
    const [recipe] = await propose({
      'pom.xml': '<modules><module>core</module><module>sub/web</module></modules>',
      'core/pom.xml': javac('11'),
      'sub/web/pom.xml': javac('17'),
      'sub/web/src/test/java/a/FooTest.java': test,
      'samples/pom.xml': javac('21'),
    });

    expect(recipe.folder).toBe('');
    expect(recipe.test.files).toContain('-pl sub/web -am');
    // Modules that it stands on are tested with it, and may have another runner.
    expect(recipe.dependencies[0]?.run).toContain('$(sample . core samples sub/web |');
    expect(recipe.evidence).toContain('levels: 17 to 17');
  });

  it('begins at the module itself where no pom above names it', async () => {
    const [recipe] = await propose({
      'pom.xml': '<modules><module>core</module></modules>',
      'core/pom.xml': '',
      'tools/pom.xml': javac('17'),
      'tools/src/test/java/a/FooTest.java': test,
    });

    expect(recipe).toMatchObject({ folder: 'tools', variant: 'maven-jdk17', manifests: ['tools/pom.xml'] });
  });

  it('follows the JDK that CI names', async () => {
    const [recipe] = await propose({
      ...maven,
      '.github/workflows/ci.yml': 'jobs:\n  a:\n    strategy:\n      matrix:\n        java: [8, 17]\n',
    });

    expect(recipe).toMatchObject({ variant: 'maven-jdk17', suite: 'bookworm' });
    expect(recipe.evidence).toContain('CI: JDK 8, 17');
  });

  it('raises levels that the compiler has given up', async () => {
    const [recipe] = await propose({ ...maven, 'pom.xml': javac('1.5') });

    expect(recipe.toolchain.map(({ name }) => name)).toContain('old-levels');
    expect(recipe.test.all).toContain('-Dmaven.compiler.executable=');
  });

  it('brings the Maven of the wrapper where it is newer', async () => {
    const wrapper = (version: string) => ({
      '.mvn/wrapper/maven-wrapper.properties': `distributionUrl=https://example.org/apache-maven-${version}-bin.zip`,
    });
    const names = async (version: string) =>
      (await propose({ ...maven, ...wrapper(version) }))[0].toolchain.map(({ name }) => name);

    expect(await names('3.9.6')).toContain('maven');
    expect(await names('3.5.4')).not.toContain('maven');
  });

  it('does not call version ranges pinned', async () => {
    expect((await propose({ ...maven, 'pom.xml': '<version>[1.0,2.0)</version>' }))[0].isPinned).toBe(false);
    expect((await propose(gradle('8.5', "implementation 'a:b:1.+'")))[0].isPinned).toBe(false);
  });

  it('shares the dependency layer between changes of one module', async () => {
    const one = await propose(maven);
    const other = await propose(
      { ...maven, 'src/test/java/a/BarTest.java': test },
      { tests: ['src/test/java/a/BarTest.java'] },
    );

    expect(other[0].dependencies).toEqual(one[0].dependencies);
    expect(other[0].test.files).not.toBe(one[0].test.files);
  });

  it('runs the whole module where only resources of tests have changed', async () => {
    const [recipe] = await propose(maven, { tests: [], support: ['src/test/resources/a.txt'] });

    expect(recipe.test.files).toBe(recipe.test.package);
  });

  const gradle = (version: string, more = ''): Files => ({
    'settings.gradle': "include 'core'",
    'gradle/wrapper/gradle-wrapper.properties': `distributionUrl=https\\://services.gradle.org/distributions/gradle-${version}-bin.zip`,
    'core/build.gradle': `sourceCompatibility = 1.8\n${more}`,
    'core/src/test/java/a/FooTest.java': test,
  });

  it.each([
    ['8.5', 'gradle-jdk11', 'core:test'],
    ['5.6.4', 'gradle-jdk11', 'core:test'],
    ['4.4.1', 'gradle-jdk11', 'core:test'],
  ])('runs a module by Gradle %s', async (version, variant, task) => {
    const [recipe] = await propose(gradle(version));

    expect(recipe).toMatchObject({ variant, folder: '' });
    expect(recipe.test.files).toContain(task);
    expect(recipe.packages.includes('gradle')).toBe(version === '4.4.1');
    expect(recipe.toolchain.some(({ name }) => name === 'gradle')).toBe(version !== '4.4.1');
  });

  it('tries Maven first where both are there', async () => {
    const recipes = await propose({ ...maven, 'build.gradle': '' });

    expect(recipes.map(({ variant }) => variant).slice(0, 4)).toEqual([
      'maven-jdk11',
      'maven-jdk17',
      'maven-jdk21',
      'gradle-jdk11',
    ]);
  });

  it('says what it cannot do', async () => {
    expect(await stack.propose(toProject({ 'src/A.java': '' }))).toMatchObject({ kind: 'unsupported' });
    expect(await stack.propose(toProject({ 'a.py': '' }))).toEqual({ kind: 'not-ours' });
    expect(await stack.propose(toProject({ ...maven, 'pom.xml': '<release>26</release>' }))).toMatchObject({
      kind: 'unsupported',
    });
  });
});

describe('parseWrapper', () => {
  it('takes the smaller distribution, whose sum the wrapper does not know', () => {
    expect(parseWrapper('distributionUrl=https\\://a.org/gradle-7.6.1-all.zip\ndistributionSha256Sum=00')).toEqual({
      version: '7.6.1',
      url: 'https://a.org/gradle-7.6.1-bin.zip',
      sha256: undefined,
    });
    expect(parseWrapper('')).toBeUndefined();
  });
});

describe('isProtected', () => {
  it.each([
    'pom.xml',
    'core/pom.xml',
    'mvnw',
    '.mvn/maven.config',
    'core/build.gradle',
    'settings.gradle.kts',
    'gradle/libs.versions.toml',
    'src/test/java/a/Base.java',
    'core/src/integrationTest/resources/a.txt',
    'src/main/java/org/junit/Assert.java',
    'src/main/resources/META-INF/services/org.junit.platform.launcher.TestExecutionListener',
    'src/main/resources/META-INF/services/javax.annotation.processing.Processor',
    'src/main/resources/junit-platform.properties',
    'target/classes/a/Foo.class',
    'build/test-results/test/TEST-a.xml',
    'lib/evil.jar',
  ])('takes %s back', (path) => expect(stack.isProtected(path)).toBe(true));

  it.each([
    'src/main/java/a/Foo.java',
    'src/main/java/a/build/Plan.java',
    'src/main/java/a/test/Client.java',
    'src/main/resources/META-INF/services/a.Plugin',
    'src/main/java/org/acme/junit/Rule.java',
    'README.md',
  ])('leaves %s to the answer', (path) => expect(stack.isProtected(path)).toBe(false));
});

describe('canary', () => {
  it('stands around the changed classes, in their package and framework', async () => {
    const files = { ...maven, 'src/test/java/b/BarTest.java': 'package b;\nimport org.junit.jupiter.api.Test;\n' };
    const project = toProject(files);
    const [recipe] = await propose(files);

    const canary = await stack.canary?.('k3', { project, recipe });

    expect(canary?.args).toEqual(['A0k3Test', 'Zzk3Test']);
    expect(canary?.files['src/test/java/a/A0k3Test.java']).toMatch(/^package a;\n\nimport org.junit.Test;/);
    expect(canary?.files['src/test/java/a/A0k3Test.java']).toContain('throw new AssertionError');
    expect(canary?.files['src/test/java/b/Zzk3Test.java']).toMatch(/^package b;\n\nimport org.junit.jupiter.api.Test;/);
  });

  it('stands around the classes of the module where only resources of tests have changed', async () => {
    const changes = { tests: [], support: ['src/test/resources/a.txt'] };
    const files = { ...maven, 'core/src/test/java/b/BarTest.java': test };
    const project = toProject(files, changes);
    const [recipe] = await propose(files, changes);

    const canary = await stack.canary?.('k3', { project, recipe });

    expect(Object.keys(canary?.files ?? {})).toEqual([
      'src/test/java/a/A0k3Test.java',
      'src/test/java/a/Zzk3Test.java',
    ]);
  });

  it('is none where nobody knows the framework', async () => {
    const project = toProject({ ...maven, 'src/test/java/a/FooTest.java': 'class FooTest {}' });
    const [recipe] = await propose(maven);

    expect(await stack.canary?.('k3', { project, recipe })).toBeUndefined();
  });
});

describe('attacks', () => {
  it('are all there, and what decides about them is protected', async () => {
    const project = toProject(maven);
    const [recipe] = await propose(maven);

    const attacks = await stack.attacks({ project, recipe, failToPass: ['a.FooTest :: a.FooTest :: one<T>'] });
    const left = Object.values(attacks).flatMap((overlay) =>
      Object.keys(overlay).filter((path) => !stack.isProtected(path)),
    );

    expect(left).toEqual(
      ['src/main/java/a/Foo.java', 'bin/mvn', 'bin/gradle'].filter((path) => !stack.isProtected(path)),
    );
    expect(attacks['forged-report']['src/main/java/a/Foo.java']).toContain('TEST-a.FooTest.xml');
    expect(attacks['forged-report']['src/main/java/a/Foo.java']).toContain('one&lt;T>');
    expect(Object.keys(attacks['runner-hook'])).toEqual([
      'src/test/java/org/junit/internal/runners/statements/InvokeMethod.java',
    ]);
  });
});
