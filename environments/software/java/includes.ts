/** Names as canary classes have them: patterns that fit both see every test class by its name. */
const USUAL = ['A0WordTest', 'ZzWordTest'];

/**
 * Simple names, with "*", of the test classes that poms tell surefire to run, where other classes of tests are left out by it ("TestAllPackages"). None where all are
 * run, or where runs of their own say which.
 */
export function narrowIncludes(poms: readonly string[]): readonly string[] {
  const plugins = poms.flatMap((pom) =>
    [...pom.matchAll(/<plugin>(?:(?!<\/plugin>)[\s\S])*?<\/plugin>/g)].flatMap(([plugin]) =>
      plugin.includes('>maven-surefire-plugin<') ? [plugin.replace(/<!--[\s\S]*?-->/g, '')] : [],
    ),
  );
  if (plugins.some((plugin) => plugin.includes('<executions>'))) return [];
  const patterns = plugins.flatMap((plugin) =>
    [...plugin.matchAll(/<include>\s*([^<]*?)\s*<\/include>/g)].map(([, pattern = '']) => pattern),
  );
  const names = patterns.map((pattern) => (pattern.split('/').at(-1) ?? '').replace(/\.(?:java|class)$/, ''));
  const isSimple = names.every((name) => /^[\w*]+$/.test(name));
  const seesAll = USUAL.every((word) => names.some((name) => toExpression(name).test(word)));
  return isSimple && !seesAll ? [...new Set(names)] : [];
}

function toExpression(name: string): RegExp {
  return new RegExp(`^${name.replaceAll('*', '.*')}$`);
}
