import { languageOfPath } from '../files/code-language.ts';

const BY_NAME =
  /(?:^|[/_.-])(?:baseline|expect(?:ed)?|golden|snapshots?)(?:[/_.-]|$)|\.(?:ans|exp|golden|out|output|ref|res|result|snap|stdout)$/i;

/** Of files that have a name in common, what is made comes before what it is made of. */
const MADE = ['html', 'xhtml', 'css', 'svg', 'ast', 'tokens', 'json', 'xml', 'txt'];

/** Whether a file has the output that a program is compared with: by its name, or because it lies beside its input. `paths` are all files there are. */
export function isExpectedOutput(path: string, paths: readonly string[]): boolean {
  if (languageOfPath(path) !== undefined) return false;
  if (BY_NAME.test(path)) return true;
  const [stem, own] = split(path);
  const beside = paths.filter((other) => other !== path && split(other)[0] === stem);
  if (beside.length === 0 || beside.some((other) => languageOfPath(other) !== undefined || BY_NAME.test(other))) {
    return false;
  }
  return rankOf(own) < Math.min(...beside.map((other) => rankOf(split(other)[1])));
}

function rankOf(extension: string): number {
  const rank = MADE.indexOf(extension.toLowerCase());
  return rank < 0 ? MADE.length : rank;
}

function split(path: string): readonly [stem: string, extension: string] {
  const dot = path.lastIndexOf('.');
  return dot <= path.lastIndexOf('/') + 1 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
}
