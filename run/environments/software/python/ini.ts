/** Sections of an INI file as Python's configparser reads them: keys in lower case, continued lines joined by line feeds. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    const [, header] = /^\[([^\]]+)\]/.exec(line) ?? [];
    const [name, value = ''] = toEntry(line);
    if (header !== undefined) {
      section = sections.get(header.trim()) ?? new Map();
      sections.set(header.trim(), section);
      key = '';
    } else if (name !== undefined) {
      key = name.toLowerCase();
      section.set(key, withoutComment(value));
    } else if (key !== '' && isContinued(line)) {
      section.set(key, [section.get(key), withoutComment(line.trim())].join('\n'));
    }
  }
  return sections;
}

/** The lines of a value that say something. */
export function linesOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function withoutComment(value: string): string {
  return value.replace(/\s[#;].*$/, '').trim();
}

/** "key = value" or "key: value"; a line that begins with space, a comment or a bracket is none. */
function toEntry(line: string): readonly string[] {
  const at = line.search(/[=:]/);
  return at > 0 && /^[^\s#;[]/.test(line) ? [line.slice(0, at).trim(), line.slice(at + 1).trim()] : [];
}

function isContinued(line: string): boolean {
  return /^\s+[^\s#;]/.test(line);
}
