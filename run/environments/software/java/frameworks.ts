/** How a test class is written: what its canaries have to look like. */
export type Framework = 'junit3' | 'junit4' | 'junit5' | 'testng';

export function frameworkOf(text: string): Framework | undefined {
  if (/\bimport\s+(?:static\s+)?org\.junit\.jupiter\./.test(text)) return 'junit5';
  if (/\bimport\s+(?:static\s+)?org\.testng\./.test(text)) return 'testng';
  if (/\bimport\s+(?:static\s+)?org\.junit\./.test(text)) return 'junit4';
  return /\bimport\s+junit\.framework\.|\bextends\s+TestCase\b/.test(text) ? 'junit3' : undefined;
}

export function packageOf(text: string): string {
  return /^\s*package\s+([\w.]+)\s*;/m.exec(text)?.[1] ?? '';
}

const heads: Readonly<Record<Framework, string>> = {
  junit3: 'import junit.framework.TestCase;\n\npublic class NAME extends TestCase {\n  public void',
  junit4: 'import org.junit.Test;\n\npublic class NAME {\n  @Test\n  public void',
  junit5: 'import org.junit.jupiter.api.Test;\n\npublic class NAME {\n  @Test\n  public void',
  testng: 'import org.testng.annotations.Test;\n\npublic class NAME {\n  @Test\n  public void',
};

export interface ClassShape {
  readonly framework: Framework;
  readonly inPackage: string;
  readonly name: string;
}

/** A test class with one method, whose name is the class's in lower case. */
export function toTestClass({ framework, inPackage, name }: ClassShape, body: string): string {
  const clause = inPackage === '' ? '' : `package ${inPackage};\n\n`;
  return `${clause}${heads[framework].replace('NAME', name)} test${name}() {\n    ${body}\n  }\n}\n`;
}
