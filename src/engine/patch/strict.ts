import { PatchSyntaxError } from './parse-patch.ts';
import type { FilePatch } from './patch.ts';
import { unquote } from './patch-paths.ts';

const ESCAPES = String.raw`\\(?:[abtnvfr"\\]|[0-3][0-7]{2})`;
/** As git quotes unusual paths, or as it leaves usual ones. */
const QUOTED = new RegExp(`^"(?:[^"\\\\]|${ESCAPES})*"`);
// biome-ignore lint/suspicious/noControlCharactersInRegex: git quotes paths that have them.
const BARE = /^[^"\\\x00-\x1f\x7f]+$/;
const BINARY = /^(?:GIT binary patch|(?:literal|delta) \d+|[A-Za-z][0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]+|)$/;

/** What may stand between "diff --git" and the first hunk, in git's order, each once at most. */
const HEADER: readonly RegExp[] = [
  /^old mode \d{6}$/,
  /^new mode \d{6}$/,
  /^(?:new|deleted) file mode \d{6}$/,
  /^(?:dis)?similarity index \d{1,3}%$/,
  /^(?:rename|copy) from /,
  /^(?:rename|copy) to /,
  /^index [0-9a-f]{4,64}\.\.[0-9a-f]{4,64}(?: \d{6})?$/,
  /^--- /,
  /^\+\+\+ /,
  /^Binary files .* differ$/,
];

/**
 * Refuses a header that says anything but what has been read from it. `git apply` is lenient: it takes a name up to a tab, an unknown prefix for one of its own,
 * a second pair of names behind lines that it does not know; whoever reads the names otherwise can be led past the files that it writes. Throws PatchSyntaxError.
 */
export function refuseLenientHeaders(files: readonly FilePatch[]): void {
  for (const file of files) {
    const odd = oddLine(file);
    if (odd !== undefined) throw new PatchSyntaxError(`git does not write this line: ${odd.slice(0, 80)}`);
  }
}

function oddLine(file: FilePatch): string | undefined {
  const { path, oldPath, change, header, binary = [] } = file;
  const [first = '', ...rest] = header;
  if (![path, oldPath].every(isPlainPath) || !isFirstLine(first, file)) return first;
  if (change !== 'renamed' && path !== oldPath) return first;
  let next = 0;
  for (const line of rest) {
    const place = HEADER.findIndex((pattern, at) => at >= next && pattern.test(line));
    if (place < 0 || !namesRightly(line, file)) return line;
    next = place + 1;
  }
  return binary.find((line) => !BINARY.test(line));
}

function isPlainPath(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function isFirstLine(line: string, { path, oldPath }: FilePatch): boolean {
  const names = line.slice('diff --git '.length);
  const left = QUOTED.exec(names)?.[0] ?? `a/${oldPath}`;
  return (
    isName(left, `a/${oldPath}`) && names.startsWith(`${left} `) && isName(names.slice(left.length + 1), `b/${path}`)
  );
}

function namesRightly(line: string, { path, oldPath }: FilePatch): boolean {
  const [, start = '', name = ''] = /^(--- |\+\+\+ |(?:rename|copy) (?:from|to) )(.*)$/.exec(line) ?? [];
  if (start === '') return true;
  if (name === '/dev/null') return start === '--- ' || start === '+++ ';
  const isOld = start === '--- ' || start.endsWith('from ');
  const prefix = start === '--- ' ? 'a/' : start === '+++ ' ? 'b/' : '';
  // Git ends a name that has a space with a tab in these two lines.
  const bare = prefix !== '' && /^[^"].* .*\t$/.test(name) ? name.slice(0, -1) : name;
  return isName(bare, prefix + (isOld ? oldPath : path));
}

function isName(text: string, name: string): boolean {
  if (BARE.test(text)) return text === name;
  return QUOTED.exec(text)?.[0] === text && unquote(text) === name;
}
