/** A word for bash that means itself. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

/** Bash that writes `text` to `path`, whatever the text holds. The folder is there. */
export function writeFile(path: string, text: string): string {
  let mark = 'END';
  while (text.split('\n').includes(mark)) mark += '_';
  return `cat > ${quote(path)} <<'${mark}'\n${text.replace(/\n$/, '')}\n${mark}`;
}

/** Begins a test script: the folder of the reports is the script's alone from here on, and no test finds it in its environment. */
export const TAKE_REPORTS = `reports=$ENVMINT_REPORTS
unset ENVMINT_REPORTS`;

/** The words of a command line, with quotes read and nothing expanded. */
export function toWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const [, token] of line.matchAll(/((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+)/g)) {
    words.push((token ?? '').replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, unquote));
  }
  return words;
}

function unquote(...[, double, single, escaped]: readonly (string | undefined)[]): string {
  return double?.replaceAll(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '';
}
