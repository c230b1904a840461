/**
 * Names without what changes from run to run, each part replaced by "~". What may just as well be a constant of the test (a number, a date of
 * another year, a size, a duration inside a name) stays: two tests must not become one. `day` is the day of the run, in days since 1970.
 * Idempotent.
 */
export function normaliseName(name: string, day: number | undefined): string {
  const plain = name.replace(ansi, '').replace(blanks, ' ').trim();
  const steady = rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), plain);
  const local = steady.replace(temporary, (path) => path.split('/').map(toSteadySegment).join('/'));
  const timeless = (day === undefined ? local : withoutToday(local, day)).trim();
  // What was cut may have hidden something: "(0.12s) (0.03s)".
  return timeless === name ? timeless : normaliseName(timeless, day);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are driven by them.
const ansi = /\u001b\[[\d;?]*[A-Za-z]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: runners write them into names.
const blanks = /[\s\u0000-\u001f\u007f\ufeff]+/g;

const rules: readonly (readonly [RegExp, string])[] = [
  // The folder that every container has the repository in.
  [/(?<![\w./-])\/testbed\/(?=\S)/g, ''],
  // Python's repr, "<Foo object at 0x7f…>".
  [/\bat 0x[0-9a-fA-F]{4,16}\b/g, 'at 0x~'],
  // Where Linux puts heaps, stacks and libraries, and Go its heap.
  [/\b0x(?:7f|5[56])[0-9a-fA-F]{10}\b/g, '0x~'],
  [/\b0xc000[0-9a-fA-F]{6}\b/g, '0x~'],
  // Go's way to show a pointer or a function, "(*a.Error)(0x9a57e0)": where the linker puts those of a program changes with every file that is added.
  [/(?<=\))\(0x[0-9a-f]{5,16}\)/g, '(0x~)'],
  // Java's lambdas and Object.toString(), "a.b.C@1b2c3d4e", "[I@1b2c3d4e".
  [/\$\$Lambda[$/][\w$/]+/g, '$$$$Lambda~'],
  [/(?<=[\w$~]*[.$[;~][\w$]*)@(?=[a-f]*\d)[0-9a-f]{5,8}\b(?![.-])/g, '@~'],
  // Random and time-based UUIDs: other versions are made by hand or from names.
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[1467][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi, '~'],
  // Linux's range of ephemeral ports, on this machine.
  [/\b(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?):(?:3[3-9]|[45]\d)\d{3}\b/g, '$1:~'],
  [/\bpid([ =:]+)\d+\b/gi, 'pid$1~'],
  // TAP's and some reporters' measured time, at the end.
  [/ ?# time=\d[\d.]*m?s$/, ''],
  [/ ?[([]\d+\.\d{2,} ?m?s(?:ec|econds)?[)\]]$/, ''],
];

const temporary = /(?<![\w.-])(?:\/private)?(?:\/var)?\/tmp\/[^\s'"`,;:()[\]{}<>|]+/g;

/** Of a path below /tmp, what has a digit or mixes cases is drawn; the rest was written by somebody. */
function toSteadySegment(segment: string): string {
  return /\d/.test(segment) || (/[a-z]/.test(segment) && /[A-Z]/.test(segment)) ? '~' : segment;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const moment =
  /(?<!\d)\d{4}-?\d{2}-?\d{2}(?:[T _-]?\d{2}[:.h-]?\d{2}(?:[:.m-]?\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?)?(?![\d])/g;
const epoch = /(?<![\d.])\d{10}(?:\d{3}){0,3}(?![\d])/g;

function withoutToday(text: string, day: number): string {
  const isNear = (ms: number) => Math.abs(Math.floor(ms / DAY_MS) - day) <= 1;
  return text
    .replace(moment, (all) => (isNear(midnightOf(all)) ? '~' : all))
    .replace(epoch, (digits) => (isNear(Number(digits.slice(0, 10)) * 1000) ? '~' : digits));
}

/** "2024-03-05…" or "20240305…", in milliseconds since 1970. */
function midnightOf(text: string): number {
  const digits = text.replace(/-/g, '');
  return Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6, 8)));
}

/** The day of a suite's timestamp ("2024-03-05T10:00:00"), in days since 1970. */
export function dayOf(timestamp: string | undefined): number | undefined {
  const date = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(timestamp ?? '');
  return date ? Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) / DAY_MS : undefined;
}
