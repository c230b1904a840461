import { nameOf } from '../shared/paths.ts';

const NAMES = new Set([
  'pom.xml',
  'mvnw',
  'mvnw.cmd',
  'mvn',
  'gradlew',
  'gradlew.bat',
  'gradle',
  'gradle.properties',
  'gradle.lockfile',
  'settings.xml',
  'toolchains.xml',
  'testng.xml',
  'junit-platform.properties',
  'module-info.test',
  'lombok.config',
]);
/** Code and resources of tests, the tools' own folders, and what they have built. */
const FOLDERS = [
  /(?:^|\/)src\/(?:test|it|androidTest|testFixtures|[a-zA-Z]*Tests?)\//,
  /(?:^|\/)(?:\.mvn|\.gradle|buildSrc|build-logic)\//,
  /^(?:[^/]+\/)*?(?:target|build|out|bin)\/(?!.*\.java$)/,
  /(?:^|\/)gradle\/(?!.*src\/main\/)/,
];
const FILES = /\.(?:gradle|gradle\.kts|class|jar|war|versions\.toml)$/;
/** A class of the same name that comes first on the class path takes the framework's place. */
const FRAMEWORKS =
  /(?:^|\/)(?:org\/junit|junit\/framework|junit\/runner|junit\/textui|org\/testng|org\/opentest4j|org\/hamcrest|org\/assertj|org\/mockito|org\/apache\/maven|org\/gradle)\//;
/** Found by name and loaded by the runner or by the compiler: listeners, extensions, annotation processors. */
const SERVICES =
  /(?:^|\/)META-INF\/(?:services\/(?:org\.junit|org\.testng|junit\.|org\.apache\.maven|org\.gradle|javax\.annotation\.processing|com\.sun\.|java\.lang|java\.util\.spi)|maven\/|gradle-plugins\/)/;

export function isProtected(path: string): boolean {
  if (NAMES.has(nameOf(path)) || FILES.test(path) || SERVICES.test(path)) return true;
  return FRAMEWORKS.test(path) || FOLDERS.some((folder) => folder.test(path) && !/(?:^|\/)src\/main\//.test(path));
}
