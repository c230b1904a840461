import type { Language } from '../../domain/language.ts';
import type { Rng } from '../../util/rng.ts';

const WORDS: Readonly<Record<string, string>> = { true: 'false', false: 'true', True: 'False', False: 'True' };

const PLAIN = String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'`;
/** Text in quotes. What is put into it while the tests run is none: a value is known as it is written. */
const QUOTED = String.raw`(?:\b(?:[rR]?[bB]|[bB][rR]|[rRuUL]|u8))?(?:${PLAIN}|${'`'}(?:\\[\s\S]|\$(?!\{)|[^${'`'}\\$])*${'`'})`;
const NUMBER = String.raw`-?(?:0[xX][\da-fA-F]+|\d[\d_]*(?:\.\d+)?)[uUlLfFdDn]{0,3}\b`;
const VALUE = String.raw`\b(?:true|false|True|False)\b|${NUMBER}|${QUOTED}`;

const IS_SCALAR = new RegExp(`^(?:${VALUE})$`);
/** What may stand in lists, tuples and records beside values: keys, types of what follows in brackets, nothing. */
const TOKEN = new RegExp(
  String.raw`(?<value>${VALUE})|\w+\s*:|\w+=|null\b|None\b|nil\b|undefined\b|=>|\[\](?:\w+)?(?=\{)|[\s[\]{}(),:]`,
  'y',
);
/** Names of what is nothing but the values in its brackets: types of lists and maps, and what takes margins off. */
const WRAPPING =
  /^(?:(?:new\s+)?[\w.:]*(?:\[[\w.*]*\][\w.*]*|<[\w:.<>, *]*>)\s*(?=[{(])|&?[A-Z]\w*(?:\.[A-Z]\w*)?(?=\{)|(?:array|(?:textwrap\.)?dedent|(?:inspect\.)?cleandoc|(?:frozen)?set|std::string(?:_view)?|(?:List|Set|Map|Arrays|Immutable\w+)\.(?:of|asList))(?=\())/;

const CLASS = String.raw`\\?[A-Z]\w*(?:[.\\][A-Z]\w*)*`;
const FACTORY = String.raw`(?:[A-Z]\w*\.)+(?:valueOf|parse|(?:of|from)(?:[A-Z]\w*)?)`;
/** What makes a thing of the values in its brackets: constructors, and the functions of classes that stand in for them. */
const MAKER = new RegExp(String.raw`(?<![\w.\\])(?:new\s+${CLASS}(?:<[\w<>, ]*>)?|${FACTORY})(?=\()`, 'g');
/** In Python, what is called by a name of a class is one. */
const PYTHON_MAKER =
  /(?<![\w.])(?:(?:\w+\.)*[A-Z]\w*(?:\.from_?\w*|\.of)?|(?:datetime\.)?(?:date|datetime|time|timedelta))(?=\()/g;

/** What decides which value it is: who knows this program must not know it. */
export type Choice = Pick<Rng, 'pick'>;

/**
 * Another value of the same kind, of the same number of lines. Undefined where the text is none that can be read here. In lists and records it is the
 * last one that changes.
 */
export function otherValue(text: string, choice: Choice): string | undefined {
  if (IS_SCALAR.test(text)) return otherScalar(text, choice);
  const inner = text.replace(WRAPPING, '');
  const isCompound = /^[[{(]/.test(inner) && /[)}\]]$/.test(inner);
  const isJoined = /^\w{0,2}["'`]/.test(inner) && /["'`]$/.test(inner);
  const other = isCompound || isJoined ? withOther(inner, valuesIn(inner), choice) : undefined;
  return other && text.slice(0, text.length - inner.length) + other;
}

/** Another thing that is made of values: the last one changes that has a digit, since a word may be one that is refused, or taken for another. */
export function otherMade(text: string, choice: Choice, language: Language): string | undefined {
  const bare = text.replace(language === 'python' ? PYTHON_MAKER : MAKER, (made) => ' '.repeat(made.length));
  const isCompound = bare !== text && /^\s*[[{(]/.test(bare) && /[)}\]]$/.test(bare);
  // What is called or looked up in the thing is not known.
  if (!isCompound || /[)\]}]\s*[[({]/.test(bare)) return undefined;
  const values = valuesIn(bare).map(({ at, value }) => ({ at, value: text.slice(at, at + value.length) }));
  return withOther(
    text,
    values.filter(({ value }) => /\d/.test(value)),
    choice,
  );
}

function withOther(text: string, values: readonly Part[], choice: Choice): string | undefined {
  for (const part of values.toReversed()) {
    const other = otherScalar(part.value, choice);
    if (other !== undefined) return spliced(text, part, other);
  }
  return undefined;
}

interface Part {
  readonly at: number;
  readonly value: string;
}

function spliced(text: string, { at, value }: Part, other: string): string {
  return text.slice(0, at) + other + text.slice(at + value.length);
}

/** The values of a compound that are no keys. None where something else is in it. */
function valuesIn(text: string): Part[] {
  const values: Part[] = [];
  const token = new RegExp(TOKEN);
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text) ?? /^\s*[+.]\s*(?=["'`])/.exec(text.slice(at));
    if (!found) return [];
    const value = found.groups?.value;
    if (value !== undefined && !/^\s*(?::|=>)/.test(text.slice(at + value.length))) values.push({ at, value });
    token.lastIndex = at + found[0].length;
  }
  return values;
}

function otherScalar(text: string, choice: Choice): string | undefined {
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  if (!/^-?\d/.test(text)) return otherQuoted(text, choice);
  const ended = /^(-?0x[\da-f]*?)([\da-f])([uln]*)$/i.exec(text) ?? /^(.*?)(\d)([a-z]*)$/i.exec(text);
  const [, before = '', last = '', suffix = ''] = ended ?? [];
  return before + otherSign(last, choice, HEX) + suffix;
}

/** A character for a character: in C and Go, quotes may hold no more. What a backslash begins is left alone. */
function otherQuoted(text: string, choice: Choice): string | undefined {
  const [, open = '', content = '', close = ''] = /^(\w*(?:"""|'''|["'`]))([\s\S]*?)("""|'''|["'`])$/.exec(text) ?? [];
  const other = content === '' ? '0' : otherText(content, choice);
  if (other !== undefined) return open + other + close;
  return open.endsWith('"') ? `${open}${content}0${close}` : undefined;
}

/** The text with another digit in it, or, where it has none, another letter or sign. Undefined where it has none of these. */
export function otherText(text: string, choice: Choice): string | undefined {
  const units = [...text.matchAll(/\\(?:x[\da-fA-F]+|u\{?[\da-fA-F]+\}?|[0-7]{1,3}|[\s\S])|[\s\S]/g)];
  const kinds = [/^\d$/, /^[A-Za-z]$/, /^[^\s\\]$/].map((kind) => units.filter(({ 0: sign }) => kind.test(sign)));
  const signs = kinds.find((some) => some.length > 0);
  if (signs === undefined) return undefined;
  const { index: at, 0: value } = choice.pick(signs);
  return spliced(text, { at, value }, otherSign(value, choice, LETTERS));
}

const DIGITS = [...'0123456789'];
const HEX = [...'abcdef'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** A digit for a digit, and for what is none a letter, of the same case. */
function otherSign(sign: string, choice: Choice, letters: readonly string[]): string {
  const signs = DIGITS.includes(sign) ? DIGITS : letters;
  const other = choice.pick(signs.filter((one) => one !== sign.toLowerCase()));
  return /[A-Z]/.test(sign) ? other.toUpperCase() : other;
}
