import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A table with a head; columns of numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumeric = head.map((_, at) => rows.every((row) => /^[\d<–—-]/.test(row[at] ?? '')));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(isNumeric.map((right) => (right ? '--:' : '---'))), ...rows.map(line)].join('\n');
}

/** 1234567.8 as "1,234,567.8"; "–" where there is no number. */
export function number(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${number((100 * part) / whole, 1)} %`;
}

const HEAD = `# Measurements

Each section is written by the command that it names, and replaced when the command runs again.
`;

/** Puts the section `name` into a Markdown file, in the place of the one that was there. */
export function writeSection(path: string, name: string, body: string): void {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const text = existsSync(path) ? readFileSync(path, 'utf8') : HEAD;
  const section = `${begin}\n${body.trim()}\n${end}\n`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const after =
    from >= 0 && to > from ? text.slice(0, from) + section + text.slice(to + end.length + 1) : `${text}\n${section}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, after);
}
