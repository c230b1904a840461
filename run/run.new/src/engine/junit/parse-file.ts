import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ReportProblem } from '../../domain/junit.ts';
import { decodeXml } from './decode.ts';
import { dayOf } from './normalise.ts';
import type { RawTest, ReportLimits } from './raw-test.ts';
import { judgeCase, type Mark, markOf } from './status.ts';

type Attributes = Readonly<Record<string, string>>;
type ProblemKind = ReportProblem['kind'];

export interface ParsedFile {
  readonly tests: readonly RawTest[];
  /** What ended the reading before the end of the file. */
  readonly problem: { readonly kind: ProblemKind; readonly why: string } | undefined;
}

/** Text of a failure that is kept for its first line. */
const TEXT_LENGTH = 4096;
const CHUNK_LENGTH = 1 << 16;

/** Reads one report as a stream of elements, until its end or its first problem. Testcases that were closed by then stay, unless it is hostile. */
export function parseFile(bytes: Uint8Array, limits: ReportLimits): ParsedFile {
  if (bytes.length > limits.fileBytes) return hostile(`more than ${limits.fileBytes} bytes`);
  const reading = createReading(limits);
  const text = decodeXml(bytes);
  for (let at = 0; at < text.length && reading.problem === undefined; at += CHUNK_LENGTH) {
    reading.write(text.slice(at, at + CHUNK_LENGTH));
  }
  reading.end();
  const { problem } = reading;
  return problem?.kind === 'hostile' ? { tests: [], problem } : { tests: reading.tests, problem };
}

function hostile(why: string): ParsedFile {
  return { tests: [], problem: { kind: 'hostile', why } };
}

interface Suite {
  readonly attributes: Attributes;
  readonly marks: Mark[];
}

interface Place {
  readonly suites: Suite[];
  testcase: Suite | undefined;
  mark: Mark | undefined;
}

function createReading(limits: ReportLimits) {
  const tests: RawTest[] = [];
  const place: Place = { suites: [], testcase: undefined, mark: undefined };
  const parser = new SaxesParser();
  let problem: ParsedFile['problem'];
  let depth = 0;
  let isEnding = false;
  let closed: RawTest | undefined;
  const stop = (kind: ProblemKind, why: string) => {
    problem ??= { kind, why };
  };

  parser.on('doctype', () => stop('hostile', 'it has a document type'));
  const settle = () => {
    if (closed !== undefined) tests.push(closed);
    closed = undefined;
  };
  parser.on('error', ({ message }) => {
    // The parser closes an element that was left open first, and complains then.
    if (message.endsWith('unexpected close tag.')) closed = undefined;
    const kind = isEnding ? 'truncated' : kindOf(message);
    if (kind !== undefined) stop(kind, message);
  });
  parser.on('opentag', (tag) => {
    depth++;
    settle();
    if (problem !== undefined) return;
    const excess = excessOf(tag, depth, limits);
    if (excess !== undefined) stop('hostile', excess);
    else if (depth === 1 && !isRoot(tag.name)) stop('malformed', `its root is ${tag.name.slice(0, 80)}`);
    else open(place, tag);
  });
  parser.on('closetag', (tag) => {
    depth--;
    settle();
    if (problem !== undefined) return;
    closed = close(place, tag.name);
    if (tests.length > limits.tests) stop('hostile', `more than ${limits.tests} tests`);
  });
  const addText = (text: string) => {
    if (place.mark && place.mark.text.length < TEXT_LENGTH) place.mark.text += text.slice(0, TEXT_LENGTH);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  return {
    tests,
    get problem() {
      return problem;
    },
    write(chunk: string) {
      parser.write(chunk);
    },
    end() {
      isEnding = true;
      if (problem === undefined) parser.close();
      settle();
    },
  };
}

/** Control characters of a terminal in some output, or white space before the declaration: runners write them, and they harm nobody. */
const harmless = [
  'disallowed character.',
  'malformed character entity.',
  'is disallowed in char data.',
  'an XML declaration must be at the start of the document.',
  'the XML declaration must appear at the start of the document.',
];

function kindOf(message: string): ProblemKind | undefined {
  if (harmless.some((end) => message.endsWith(end))) return undefined;
  return message.endsWith('undefined entity.') ? 'hostile' : 'malformed';
}

function isRoot(name: string): boolean {
  return name === 'testsuites' || name === 'testsuite';
}

function excessOf({ attributes }: SaxesTagPlain, depth: number, limits: ReportLimits): string | undefined {
  if (depth > limits.depth) return `elements are nested deeper than ${limits.depth}`;
  const long = ['name', 'classname', 'file'].find((key) => (attributes[key]?.length ?? 0) > limits.nameLength);
  return long === undefined ? undefined : `a ${long} is longer than ${limits.nameLength} characters`;
}

function open(place: Place, { name, attributes }: SaxesTagPlain): void {
  if (name === 'testsuite') place.suites.push({ attributes, marks: [] });
  else if (name === 'testcase') place.testcase = { attributes, marks: [] };
  const kind = place.mark === undefined ? markOf(name) : undefined;
  const owner = place.testcase ?? place.suites.at(-1);
  if (kind === undefined || owner === undefined) return;
  place.mark = { kind, type: attributes.type ?? '', message: attributes.message ?? '', text: '' };
  owner.marks.push(place.mark);
}

/** The test that ends with this element, if one does. */
function close(place: Place, name: string): RawTest | undefined {
  if (markOf(name) !== undefined) place.mark = undefined;
  if (name === 'testcase' && place.testcase !== undefined) {
    const test = toTest(place, place.testcase);
    place.testcase = undefined;
    return test;
  }
  if (name !== 'testsuite') return undefined;
  const suite = place.suites.at(-1);
  const broken = suite?.marks.filter(({ kind }) => kind === 'error' || kind === 'failure') ?? [];
  const test = broken.length > 0 ? toTest(place, { attributes: { name: '(suite)' }, marks: broken }) : undefined;
  place.suites.pop();
  return test && { ...test, status: 'error' };
}

function toTest({ suites }: Place, { attributes, marks }: Suite): RawTest {
  const inner = suites.toReversed();
  const file = [attributes, ...inner.map((suite) => suite.attributes)].find((each) => each.file)?.file ?? '';
  return {
    suites: suites.flatMap((suite) => suite.attributes.name || []),
    file,
    classname: attributes.classname ?? '',
    name: attributes.name ?? '',
    ...judgeCase(attributes, marks),
    ms: toMs(attributes.time),
    day: inner.map((suite) => dayOf(suite.attributes.timestamp)).find((day) => day !== undefined),
  };
}

/** Surefire groups thousands by commas. */
function toMs(seconds: string | undefined): number | null {
  const value = seconds === undefined || seconds.trim() === '' ? Number.NaN : Number(seconds.replaceAll(',', ''));
  return Number.isFinite(value) && value >= 0 ? Math.round(value * 1e6) / 1e3 : null;
}
