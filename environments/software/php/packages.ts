import semver from 'semver';
import type { Suite } from '../../../src/domain/recipe.ts';

/** PHP of the suites. Source: packages.debian.org, php-defaults. */
export const PHP: Readonly<Record<Suite, string>> = { bullseye: '7.4.33', bookworm: '8.2.29', trixie: '8.4.11' };

/** Debian packages of extensions that are not part of php-cli. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  amqp: 'php-amqp',
  apcu: 'php-apcu',
  bcmath: 'php-bcmath',
  bz2: 'php-bz2',
  curl: 'php-curl',
  dba: 'php-dba',
  dom: 'php-xml',
  gd: 'php-gd',
  gmp: 'php-gmp',
  imagick: 'php-imagick',
  imap: 'php-imap',
  intl: 'php-intl',
  ldap: 'php-ldap',
  mbstring: 'php-mbstring',
  memcached: 'php-memcached',
  mongodb: 'php-mongodb',
  mysqli: 'php-mysql',
  mysqlnd: 'php-mysql',
  odbc: 'php-odbc',
  pdo_mysql: 'php-mysql',
  pdo_pgsql: 'php-pgsql',
  pdo_sqlite: 'php-sqlite3',
  pgsql: 'php-pgsql',
  redis: 'php-redis',
  simplexml: 'php-xml',
  soap: 'php-soap',
  sqlite3: 'php-sqlite3',
  tidy: 'php-tidy',
  uuid: 'php-uuid',
  xml: 'php-xml',
  xmlreader: 'php-xml',
  xmlwriter: 'php-xml',
  xsl: 'php-xml',
  yaml: 'php-yaml',
  zip: 'php-zip',
};

/** What nearly every test suite of PHP needs, PHPUnit itself among them, and what the PHP of CI services has. */
const USUAL = [
  'php-bcmath',
  'php-cli',
  'php-curl',
  'php-gmp',
  'php-intl',
  'php-mbstring',
  'php-sqlite3',
  'php-xml',
  'php-zip',
  'unzip',
];

export function packagesFor(requirements: readonly string[]): readonly string[] {
  const extensions = requirements.filter((name) => name.startsWith('ext-')).map((name) => EXTENSIONS[name.slice(4)]);
  return [...new Set([...USUAL, ...extensions.filter((name) => name !== undefined)])].sort();
}

/** Suites whose PHP the constraint allows: that of the commit's time first, then newer ones, then older. All of them where none is allowed. */
export function chooseSuites(constraint: string | undefined, committedAt: string): readonly Suite[] {
  const day = committedAt.slice(0, 10);
  const order: readonly Suite[] =
    day < '2022-12-08'
      ? ['bullseye', 'bookworm', 'trixie']
      : day < '2024-11-21'
        ? ['bookworm', 'trixie', 'bullseye']
        : ['trixie', 'bookworm', 'bullseye'];
  const range = constraint === undefined ? undefined : toRange(constraint);
  const allowed = order.filter((suite) => range === undefined || semver.satisfies(PHP[suite], range));
  return allowed.length > 0 ? allowed : order;
}

/** Composer's constraints in the words of npm's: "|" for or, "," for and, no stability flags. Undefined for what stays foreign. */
export function toRange(constraint: string): string | undefined {
  const text = constraint
    .replaceAll(/@\w+|-(?:dev|stable|beta\d*|RC\d*)\b/g, '')
    .replaceAll(/\s*\|\|?\s*/g, ' || ')
    .replaceAll(/\s*,\s*/g, ' ')
    // Composer's ~1.2 goes up to 2.0, npm's to 1.3.
    .replaceAll(/~(\d+\.\d+)(?![.\d])/g, '^$1');
  return semver.validRange(text) ?? undefined;
}
