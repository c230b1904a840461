import { type Finding, toTestNames } from './finding.ts';
import { classifiersOf } from './pyproject.ts';
import { optional } from './table.ts';

/** What setup.py says, read as text: it is the project's code and never runs on the host. */
export function readSetupPy(path: string, source: string): Finding {
  const text = source.replaceAll(/^\s*#.*$/gm, '');
  return {
    path,
    isPackage: true,
    ...optional('projectName', /\bname\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1]),
    ...optional('requiresPython', /\bpython_requires\s*=\s*["']([^"']+)["']/.exec(text)?.[1]),
    pythons: classifiersOf(literals(text)),
    extras: toTestNames(extrasOf(text)),
    requirements: listOf(text, 'tests_require'),
    buildRequirements: listOf(text, 'setup_requires'),
  };
}

/** Keys of the dictionary that is given for extras, or of one that is filled key by key. */
function extrasOf(text: string): readonly string[] {
  const start = /\bextras?(?:_require)?s?\s*=\s*\{/i.exec(text);
  const body = start === null ? '' : balanced(text, start.index + start[0].length - 1);
  const keys = [...body.matchAll(/["']([\w-]+)["']\s*:/g), ...text.matchAll(/\bextras\w*\[["']([\w-]+)["']\]\s*=/gi)];
  const names = keys.map(([, key]) => key ?? '');
  const keywords = /\bextras_require\s*=\s*dict\(/.exec(text);
  if (keywords === null) return names;
  const list = balanced(text, keywords.index + keywords[0].length - 1);
  return [...names, ...[...list.matchAll(/\b(\w+)\s*=\s*[[(]/g)].map(([, key]) => key ?? '')];
}

/** Requirements of a list that stands after `key=` or in a variable of that name. */
function listOf(text: string, key: string): readonly string[] {
  const named = new RegExp(`\\b${key}\\s*=\\s*(\\w+)\\s*[,)\\n]`).exec(text)?.[1];
  const start = new RegExp(`\\b(?:${key}${named === undefined ? '' : `|${named}`})\\s*=\\s*([[(])`, 'i').exec(text);
  if (start === null) return [];
  return literals(balanced(text, start.index + start[0].length - 1)).filter((word) =>
    /^[A-Za-z0-9][\w.[\]-]*\s*(?:[<>=!~;(].*)?$/.test(word),
  );
}

function literals(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)].map(([, a, b]) => a ?? b ?? '');
}

/** From the bracket at `start` to the one that closes it. Brackets in strings are taken for brackets, which requirements balance. */
function balanced(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if ('[({'.includes(text[at] ?? '')) depth++;
    if ('])}'.includes(text[at] ?? '') && --depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start);
}
