import { normaliseName } from './normalise.ts';
import type { RawTest } from './raw-test.ts';

const SEPARATOR = ' :: ';
const UNNAMED = '(unnamed)';

/** Class names that runners write for every test: `node --test` knows no classes. */
const constants: ReadonlySet<string> = new Set(['test', 'suite']);

export function toRawName({ suites, classname, name }: RawTest): string {
  return join([...suites, classname, name]) || UNNAMED;
}

/**
 * "classname :: name", normalised. File and suites come in front where the class name tells nothing (it is missing, a constant, or the name
 * again): otherwise they stay out, because they follow the way the runner was started. Decided by this test alone, never by others.
 */
export function toTestId(test: RawTest): string {
  const classname = constants.has(test.classname) ? '' : test.classname;
  const isTelling = classname !== '' && classname !== test.name && !test.name.endsWith(` ${classname}`);
  const parts = [...(isTelling ? [] : [test.file, ...test.suites]), classname, test.name];
  const steady = parts.map((part) => normaliseName(part, test.day));
  return join(steady.filter((part, index) => steady.indexOf(part) === index)) || toRawName(test);
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join(SEPARATOR);
}
