/** What the manifests say of the Java that the code is written for. */
export interface Levels {
  /** The lowest `source`, which newer compilers refuse; undefined where nothing is said. */
  readonly lowest: number | undefined;
  /** The highest level of all: no older JDK will do. */
  readonly highest: number | undefined;
}

const MAVEN =
  /<(maven\.compiler\.(?:release|source|target|testRelease|testSource|testTarget)|(?:java|jdk|javac|project\.java)[.\w-]*?(?:version|level|source|target|release)?|release|source|target|testRelease|testSource|testTarget)>\s*([^<]+?)\s*</gi;
const GRADLE =
  /(?:(?:source|target)Compatibility\s*=?\s*|JavaLanguageVersion\.of\(\s*|options\.release(?:\.set\(|\s*=)\s*|jvmTarget\s*=?\s*|jvmToolchain\(\s*)(?:JavaVersion\.VERSION_|['"])?(1[._]\d|\d{1,2})/g;

/** Levels of all these texts together; properties are looked up in any of them. What a profile says for one JDK says nothing of the others. */
export function levelsOf(texts: readonly string[]): Levels {
  const all = texts
    .join('\n')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<profile>[\s\S]*?<\/profile>/g, (profile) => (/<jdk>/.test(profile) ? '' : profile));
  const values = [
    ...[...all.matchAll(MAVEN)].map(([, , value]) => resolve(value ?? '', all)),
    ...[...all.matchAll(GRADLE)].map(([, value]) => value ?? ''),
  ];
  const levels = values.flatMap((value) => toLevel(value) ?? []);
  if (/<artifactId>spring-boot-starter-parent<\/artifactId>\s*<version>3/.test(all)) levels.push(17);
  if (levels.length === 0) return { lowest: undefined, highest: undefined };
  return { lowest: Math.min(...levels), highest: Math.max(...levels) };
}

function resolve(value: string, all: string): string {
  const name = /^\$\{([\w.-]+)\}$/.exec(value)?.[1];
  if (name === undefined) return value;
  const pattern = new RegExp(`<${name.replaceAll('.', '\\.')}>\\s*([^<]+?)\\s*<`);
  return pattern.exec(all)?.[1] ?? value;
}

/** "1.8", "1_8", "8", "17": between 5 and 30. */
export function toLevel(value: string): number | undefined {
  const match = /^(?:1[._])?(\d{1,2})(?:\.\d+)*(?:[-+].*)?$/.exec(value.trim());
  const level = Number(match?.[1]);
  return level >= 5 && level <= 30 ? level : undefined;
}
