// biome-ignore-all lint/style/noExcessiveLinesPerFile: this file has to stand alone beside a task.
/**
 * Judges an answer to the task that lies beside this file. Needs nothing but Node.js 22.13 or newer.
 *
 *   node verify.mjs answer.json [--world world.sqlite] [--task FOLDER]     "-" reads the answer from standard input
 *
 * prints {"verdict", "score", "violations"} and ends with 0 (pass), 1 (fail) or 2 (error: the task is damaged, not the answer).
 * As a module: verify(answer), load(folder, { world }), createVerifier(task, database).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const MAX_BYTES = 2 ** 20;
const MAX_DEPTH = 64;
const MAX_CHECKS = 500;
const MAX_ROWS = 5;
// Strings of these characters alone are written as they are: no control characters, quotes, backslashes or surrogates.
const PLAIN = /^[ !#-[\]-~\x80-\ud7ff\ue000-\uffff]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const CONTROL = /[\0-\x1f\x7f]/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SECONDS = 10;
const HEAP_BYTES = 2 ** 28;
const LIMITS = { length: 2 ** 24, attach: 0, exprDepth: 1000 };
const FUNCTIONS = new Set(
  `abs avg char coalesce count cume_dist dense_rank first_value glob group_concat hex ifnull instr json json_array
  json_array_length json_extract json_group_array json_object json_type json_valid lag last_value lead length like lower
  ltrim max min nth_value ntile nullif percent_rank printf quote rank replace round row_number rtrim substr sum total
  trim typeof unicode upper`.split(/\s+/),
);
const ACTIONS = { read: 20, select: 21, function: 31, recursive: 33 };
const HIDDEN = /^(pragma_|sqlite_|dbstat$|bytecode$|tables_used$)/i;
const WORDS =
  /^(all|and|as|between|by|case|distinct|else|except|exists|filter|from|having|in|intersect|is|join|like|limit|not|on|or|over|select|then|union|using|values|when|where|with)$/;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// glibc gives what a statement frees back to the system, unless a larger piece has been freed before: asking for it anew takes longer than the verdict.
new ArrayBuffer(2 ** 23).transfer(0);

const guarded = new WeakSet();
const here = dirname(fileURLToPath(import.meta.url));
let own;

/** The verdict on an answer to the task beside this file: JSON text, its bytes, or the parsed value. */
export function verify(answer) {
  own ??= load(here);
  return own.verify(answer);
}

/** The verifier of the task in `folder`. Never throws: where task or world are damaged, every verdict is `error`. */
export function load(folder, { world, heapBytes } = {}) {
  try {
    if (!process.getBuiltinModule?.('node:sqlite')) {
      return broken('node', `this is Node.js ${process.version}: run the verifier with 22.13 or newer`);
    }
    const task = readTask(join(folder, 'task.json'));
    const path = world ?? findWorld(folder);
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    if (hash !== task.world) {
      return broken(
        'world',
        `${path} has sha-256 ${hash}, the task was made for ${task.world}: get the world that came with it`,
      );
    }
    const database = openWorld(path, heapBytes);
    return { ...createVerifier(task, database), close: () => database.close() };
  } catch (error) {
    return broken('task', error.message);
  }
}

/** The verifier of a parsed task on an open database, which from then on answers look-ups only. Never throws. */
export function createVerifier(task, database) {
  try {
    checkTask(task);
    guard(database);
    const parse = compile(task.answer.schema, '');
    const { cte } = task.answer;
    const sorted = ['integrity', 'rule'].flatMap((stage) => task.checks.filter((check) => check.stage === stage));
    const checks = sorted.map((check) => ({
      ...check,
      prepare: () => prepare(database, check.id, withCte(cte, check.sql)),
    }));
    const ask = prepareAll(database, cte, checks);
    return { verify: (answer) => judge(answer, { parse, checks, ask }) };
  } catch (error) {
    return broken('task', error.message);
  }
}

function broken(check, message) {
  const verdict = () => ({ verdict: 'error', score: 0, violations: [{ check, message }] });
  return { verify: verdict, close: () => undefined };
}

function judge(answer, { parse, checks, ask }) {
  let bound;
  try {
    bound = { answer: parse(parseJson(toText(answer))) };
  } catch (error) {
    if (error.pointer === undefined) return broken('format', error.message).verify();
    const { pointer, message } = error;
    return { verdict: 'fail', score: 0, violations: [{ check: 'format', pointer, message }] };
  }
  let check = 'all';
  try {
    const found = ask(bound);
    if (found.size === 0) return { verdict: 'pass', score: 1, violations: [] };
    const violated = checks.filter((each) => found.has(each));
    const unknown = violated.filter((each) => each.stage === 'integrity');
    const violations = (unknown.length > 0 ? unknown : violated).map((each) => {
      check = each.id;
      return { check, message: describe(each, found.get(each), bound) };
    });
    return { verdict: 'fail', score: unknown.length > 0 ? 0 : score(checks, found), violations };
  } catch (error) {
    return broken(check, `the check cannot be evaluated: ${error.message}`).verify();
  }
}

/** The weight of the satisfied rules over that of all. */
function score(checks, violated) {
  const weigh = (isCounted) =>
    checks.reduce((sum, each) => sum + (each.stage === 'rule' && isCounted(each) ? each.weight : 0), 0);
  return share(
    weigh((each) => !violated.has(each)),
    weigh(() => true),
  );
}

/** a / b rounded half-even to six decimals, in integers so that every language says the same. */
function share(a, b) {
  const whole = Math.floor((a * 1e6) / b);
  const twice = 2 * (a * 1e6 - whole * b);
  return (whole + (twice > b || (twice === b && whole % 2 === 1) ? 1 : 0)) / 1e6;
}

/** The first rows that violate a check. It is asked alone where its rows or the names of its columns are not known yet. */
function describe(check, rows, bound) {
  let found = rows;
  if (!found || !check.names) {
    check.statement ??= check.prepare();
    const alone = take(check.statement.iterate(bound), MAX_ROWS + 1);
    check.names = Object.keys(alone[0] ?? {});
    found = alone.map(Object.values);
  }
  const texts = found.slice(0, MAX_ROWS).map((cells) => cells.map((cell, i) => `${check.names[i]}=${cell}`).join(', '));
  return texts.join('; ') + (found.length > MAX_ROWS ? '; and more' : '');
}

function take(rows, count) {
  const taken = [];
  for (const row of rows) if (taken.push(row) === count) break;
  return taken;
}

/** What is wrong with an answer's form, and where. */
function misfit(pointer, message, cause) {
  return Object.assign(new Error(message, { cause }), { pointer });
}

function toText(answer) {
  if (typeof answer === 'string') {
    if (answer.length > MAX_BYTES || Buffer.byteLength(answer) > MAX_BYTES) throw misfit('', 'is larger than 1 MiB');
    return answer;
  }
  if (!(answer instanceof Uint8Array)) return stringify(answer);
  if (answer.length > MAX_BYTES) throw misfit('', 'is larger than 1 MiB');
  try {
    return strictUtf8.decode(answer);
  } catch (cause) {
    throw misfit('', 'is not UTF-8', cause);
  }
}

function stringify(answer) {
  let text;
  try {
    text = JSON.stringify(answer);
  } catch (error) {
    throw misfit('', `is not JSON: ${error.message}`, error);
  }
  if (text === undefined) throw misfit('', 'is not JSON');
  return toText(text);
}

function parseJson(text) {
  if (isDeep(text)) throw misfit('', `is nested more than ${MAX_DEPTH} deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw misfit('', `is not JSON: ${error.message}`, error);
  }
}

/** Whether brackets outside of strings nest too deep, which recursive readers of JSON would not survive. */
function isDeep(text) {
  let depth = 0;
  for (let i = 0; i < text.length && depth <= MAX_DEPTH; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if ((code | 32) === 0x7b) depth++;
    else if ((code | 32) === 0x7d) depth--;
  }
  return depth > MAX_DEPTH;
}

function endOfString(text, start) {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

const KEYWORDS = {
  object: ['type', 'properties', 'required', 'additionalProperties'],
  array: ['type', 'items', 'minItems', 'maxItems'],
  string: ['type', 'enum', 'maxLength'],
  integer: ['type', 'enum', 'minimum', 'maximum'],
};
const NUMERIC = ['minItems', 'maxItems', 'minimum', 'maximum', 'maxLength'];
const NOTES = ['$schema', 'title', 'description'];
const COMPILERS = { object: compileObject, array: compileArray, string: compileString, integer: compileInteger };

/** A function of a value that throws Misfit or gives the value's canonical JSON text. */
function compile(schema, at) {
  const keywords =
    typeof schema?.type === 'string' && Object.hasOwn(KEYWORDS, schema.type) ? KEYWORDS[schema.type] : null;
  if (!keywords) throw new Error(`answer.schema${at}: type is none of object, array, string, integer`);
  const unknown = Object.keys(schema).find((name) => !keywords.includes(name) && !NOTES.includes(name));
  if (unknown)
    throw new Error(`answer.schema${at}: "${unknown}" does not belong to the subset of JSON Schema for ${schema.type}`);
  const isFit = ([name, value]) => {
    if (NUMERIC.includes(name)) return typeof value === 'number';
    if (name === 'enum')
      return (
        Array.isArray(value) && value.every((each) => typeof each === (schema.type === 'string' ? 'string' : 'number'))
      );
    return name !== 'required' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
  };
  const unfit = Object.entries(schema).find((entry) => !isFit(entry));
  if (unfit) throw new Error(`answer.schema${at}: the value of ${unfit[0]} is of the wrong type`);
  return COMPILERS[schema.type](schema, at);
}

function compileObject({ properties, required = [], additionalProperties }, at) {
  if (additionalProperties !== false) throw new Error(`answer.schema${at}: additionalProperties is not false`);
  const fields = Object.entries(properties).map(([name, schema]) => {
    return {
      name,
      label: `${JSON.stringify(name)}:`,
      parse: compile(schema, `${at}/${name}`),
      step: escapeToken(name),
    };
  });
  const known = new Set(fields.map((field) => field.name));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misfit('', 'is not an object');
    const missing = required.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) throw misfit('', `lacks "${missing}"`);
    const names = Object.keys(value);
    const extra = names.filter((name) => !known.has(name)).sort();
    if (extra.length > 0) throw misfit(`/${escapeToken(extra[0])}`, 'is not a known property');
    const present = names.length === fields.length ? fields : fields.filter(({ name }) => Object.hasOwn(value, name));
    const texts = present.map(({ name, label, parse, step }) => label + parseAt(step, parse, value[name]));
    return `{${texts.join(',')}}`;
  };
}

function compileArray({ items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }, at) {
  const parse = compile(items, `${at}/items`);
  const size = minItems === maxItems ? `${minItems}` : `${minItems} to ${maxItems}`;
  return (value) => {
    if (!Array.isArray(value)) throw misfit('', 'is not an array');
    if (value.length < minItems || value.length > maxItems) {
      throw misfit('', `has ${value.length} items instead of ${size}`);
    }
    return `[${value.map((item, index) => parseAt(index, parse, item)).join(',')}]`;
  };
}

function compileString({ enum: values, maxLength = Number.POSITIVE_INFINITY }) {
  const allowed = values && new Set(values);
  return (value) => {
    if (typeof value !== 'string') throw misfit('', 'is not a string');
    const isPlain = PLAIN.test(value);
    if (!isPlain && isRefused(value)) throw misfit('', 'has control characters or half characters');
    if (isLonger(value, maxLength)) throw misfit('', `is longer than ${maxLength} characters`);
    if (allowed && !allowed.has(value)) throw misfit('', `is not one of the ${allowed.size} known keys`);
    return isPlain ? `"${value}"` : JSON.stringify(value);
  };
}

const isRefused = (text) => CONTROL.test(text) || !text.isWellFormed();
const isLonger = (text, limit) => text.length > limit && [...text].length > limit;

function compileInteger({ enum: values, minimum = -(2 ** 53), maximum = 2 ** 53 }) {
  const allowed = values && new Set(values);
  return (value) => {
    if (!Number.isSafeInteger(value)) throw misfit('', 'is not an integer');
    if (value < minimum || value > maximum) throw misfit('', `${value} is not in ${minimum}..${maximum}`);
    if (allowed && !allowed.has(value)) throw misfit('', `is not one of the ${allowed.size} known keys`);
    return JSON.stringify(value);
  };
}

/** Parses what lies at `step`; the pointer is put together only where something is wrong. */
function parseAt(step, parse, value) {
  try {
    return parse(value);
  } catch (error) {
    if (error.pointer !== undefined) error.pointer = `/${step}${error.pointer}`;
    throw error;
  }
}

const escapeToken = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

function checkTask(task) {
  const { cte } = task?.answer ?? {};
  insist(task?.format === 'envmint.task/1', 'format is not "envmint.task/1"');
  insist(/^\s*with\b/i.test(cte) && cte.includes(':answer'), 'answer.cte is not a WITH clause that reads :answer');
  insist(
    Array.isArray(task.checks) && task.checks.length > 0 && task.checks.length <= MAX_CHECKS,
    `there are not 1 to ${MAX_CHECKS} checks`,
  );
  for (const { id, sql, stage, weight } of task.checks) {
    insist(typeof id === 'string' && typeof sql === 'string', 'a check lacks id or sql');
    insist(stage === 'integrity' || stage === 'rule', `stage of check ${id} is neither "integrity" nor "rule"`);
    insist(Number.isSafeInteger(weight) && weight > 0 && weight <= 1e6, `weight of check ${id} is not in 1..1000000`);
    insist(/^\s*(select|with)\b/i.test(sql), `check ${id} is not a SELECT`);
    insist(isOneStatement(cte) && isOneStatement(sql), `check ${id} is not one statement`);
  }
  insist(new Set(task.checks.map((check) => check.id)).size === task.checks.length, 'two checks have the same id');
}

/** Whether no semicolon ends it, and no bracket would end what it is put into. */
function isOneStatement(sql) {
  const marks = sql.replace(QUOTED, '').match(/[();]/g) ?? [];
  let depth = 0;
  for (const mark of marks) {
    depth += mark === '(' ? 1 : -1;
    if (mark === ';' || depth < 0) return false;
  }
  return depth === 0;
}

function insist(holds, otherwise) {
  if (!holds) throw new Error(`task.json is damaged: ${otherwise}`);
}

function withCte(cte, sql) {
  return /^\s*with\b/i.test(sql) ? `${cte}\nSELECT * FROM (\n${sql}\n)` : `${cte}\n${sql}`;
}

/** Of the column that says which check a row belongs to: no check has one of that name. */
const INDEX = 'envmint: check';

/**
 * A function of the bound answer that gives the violated checks and their first rows. Asked together, the checks share one
 * reading of the answer, which takes a fifth of the time.
 */
function prepareAll(database, cte, checks) {
  const rows = checks.map(
    ({ sql }, index) => `SELECT * FROM (SELECT ${index} AS "${INDEX}", * FROM (\n${sql}\n) LIMIT ${MAX_ROWS + 1})`,
  );
  try {
    const statement = prepare(database, 'all', `${cte}\n${rows.join('\nUNION ALL\n')}`);
    return (bound) => collect(checks, statement.all(bound));
  } catch {
    return prepareFlags(database, cte, checks);
  }
}

function collect(checks, rows) {
  const found = new Map();
  for (const row of rows) {
    // By its name: a column that is called like a number ("1" of SELECT 1) stands before all others in an object.
    const { [INDEX]: index, ...rest } = row;
    const cells = Object.values(rest);
    const check = checks[Number(index)];
    found.set(check, [...(found.get(check) ?? []), cells]);
  }
  return found;
}

/** For checks that do not have the same number of columns: their rows have to be asked for one by one. */
function prepareFlags(database, cte, checks) {
  const flags = checks.map(({ sql }) => `EXISTS(\n${sql}\n)`).join(' || ');
  try {
    const statement = prepare(database, 'all', `${cte}\nSELECT '' || ${flags} AS flags`);
    return (bound) => {
      const { flags: found } = statement.get(bound);
      return new Map(checks.filter((_, index) => found[index] === '1').map((check) => [check, null]));
    };
  } catch (error) {
    // One of them is damaged: asked alone, it says so under its own name.
    for (const check of checks) check.prepare();
    throw error;
  }
}

function prepare(database, id, text) {
  try {
    if (!guarded.has(database)) guardText(text);
    const statement = database.prepare(text);
    statement.setReadBigInts(true);
    return statement;
  } catch (error) {
    throw new Error(`check ${id} is damaged: ${error.message}`, { cause: error });
  }
}

function guard(database) {
  if (guarded.has(database) || !database.setAuthorizer) return;
  database.setAuthorizer((action, first, second) => {
    const isHarmless =
      action === ACTIONS.select ||
      action === ACTIONS.recursive ||
      (action === ACTIONS.read && !HIDDEN.test(first)) ||
      (action === ACTIONS.function && FUNCTIONS.has(second.toLowerCase()));
    return isHarmless ? 0 : 1;
  });
  guarded.add(database);
}

/** Stands in for the authorizer that Node.js has since 24.10: refuses more than it would. */
function guardText(text) {
  const bare = text.toLowerCase().replace(QUOTED, "''");
  const named = new Set([...bare.matchAll(/(\w+)\s*\([\w\s,]*\)\s*as\s*\(/g)].map((match) => match[1]));
  const isKnown = (name) =>
    FUNCTIONS.has(name) || WORDS.test(name) || named.has(name) || /^json_(each|tree)$/.test(name);
  const called = [...bare.matchAll(/(\w+|'')\s*\(/g)].map((match) => match[1]);
  const refused =
    called.find((name) => !isKnown(name)) ??
    bare.match(/\w+/g).find((word) => HIDDEN.test(word) || word.startsWith('current_'));
  if (refused) throw new Error(`not authorized: ${refused}`);
}

function readTask(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read (${error.message}): get the task folder again`, { cause: error });
  }
}

function findWorld(folder) {
  const places = ['.', '..', '../..'].map((up) => resolve(folder, up, 'world.sqlite'));
  const found = places.find((path) => existsSync(path));
  if (!found) throw new Error(`no world.sqlite in ${resolve(folder)} or the two folders above: name it with --world`);
  return found;
}

function openWorld(path, heapBytes) {
  const sqlite = process.getBuiltinModule('node:sqlite');
  const options = { readOnly: true, limits: LIMITS };
  const url = pathToFileURL(path);
  url.search = 'mode=ro&immutable=1';
  let database;
  try {
    database = new sqlite.DatabaseSync(url, options);
  } catch (error) {
    // Node.js before 22.15 takes a path only.
    if (error.code !== 'ERR_INVALID_ARG_TYPE') throw error;
    database = new sqlite.DatabaseSync(path, options);
  }
  if (heapBytes) database.exec(`PRAGMA hard_heap_limit = ${heapBytes}`);
  return database;
}

function readAnswer(path) {
  const file = path === '-' ? 0 : openSync(path);
  const bytes = Buffer.alloc(MAX_BYTES + 1);
  let size = 0;
  for (let read = -1; read !== 0 && size < bytes.length; size += read)
    read = readSync(file, bytes, size, bytes.length - size, null);
  if (file !== 0) closeSync(file);
  return bytes.subarray(0, size);
}

function judgeHere({ values, positionals: [path] }) {
  const folder = values.task ?? here;
  let answer;
  try {
    answer = readAnswer(path);
  } catch (error) {
    return broken('usage', `${path} cannot be read: ${error.message}`).verify();
  }
  return load(folder, { world: values.world, heapBytes: HEAP_BYTES }).verify(answer);
}

/** Judges in a child, since a look-up of node:sqlite cannot be interrupted. */
function judgeInChild(args) {
  const command = ['--no-warnings', fileURLToPath(import.meta.url), ...args, '--child'];
  const options = {
    stdio: ['inherit', 'pipe', 'inherit'],
    timeout: SECONDS * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 26,
  };
  const { stdout, status } = spawnSync(process.execPath, command, options);
  if (status !== null && stdout.length > 0) return JSON.parse(stdout.toString());
  return broken('limit', `no verdict within ${SECONDS} seconds: the task's checks cost too much`).verify();
}

function main(args) {
  const usage = 'usage: node verify.mjs answer.json|- [--world world.sqlite] [--task FOLDER]';
  let verdict = broken('usage', usage).verify();
  try {
    const flags = { world: { type: 'string' }, task: { type: 'string' }, child: { type: 'boolean' } };
    const options = parseArgs({ args, options: flags, allowPositionals: true });
    if (options.positionals.length === 1) verdict = options.values.child ? judgeHere(options) : judgeInChild(args);
  } catch (error) {
    verdict = broken('usage', `${error.message}; ${usage}`).verify();
  }
  process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  process.exitCode = ['pass', 'fail', 'error'].indexOf(verdict.verdict);
}

if (
  process.argv[1] &&
  existsSync(process.argv[1]) &&
  realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))
) {
  main(process.argv.slice(2));
}
