import type { Language } from '../../../domain/language.ts';

/**
 * `text` with comments and the insides of strings blanked out, so that braces can be counted. Lines stay. For the languages with inline tests only:
 * Rust, C, C++, JavaScript and TypeScript. Regular expressions of JavaScript are not told from divisions.
 */
export function maskCode(text: string, language: Language): string {
  const pattern = language === 'rust' ? rust : language === 'c' || language === 'cpp' ? c : javascript;
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, ' '));
}

// A lifetime ('a) is not a character; a raw string ends with as many hashes as it began with.
const rust =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|b?r(#*)"[\s\S]*?(?:"\1|$(?![\s\S]))|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\\n]|\\[^\n]{1,10}?)'/g;

const c =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|R"([^()\s\\]{0,16})\([\s\S]*?(?:\)\1"|$(?![\s\S]))|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[^\n])+'/g;

const javascript =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/g;
