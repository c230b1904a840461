#!/usr/bin/env python3
"""Judges an answer to the task that lies beside this file. Needs nothing but Python 3.8 or newer.

    python3 verify.py answer.json [--world world.sqlite] [--task FOLDER]     "-" reads the answer from standard input

prints {"verdict", "score", "violations"} and ends with 0 (pass), 1 (fail) or 2 (error: the task is damaged, not the answer).
As a module: verify(answer) -> dict, load(folder, world=None) -> Verifier (one for each thread).
"""
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import sys
import threading

MAX_BYTES = 2**20
MAX_DEPTH = 64
MAX_CHECKS = 500
MAX_ROWS = 5
MAX_SAFE = 2**53 - 1
# Steps of SQLite's virtual machine for one verdict: about two seconds.
MAX_TICKS, TICK = 1000, 100_000
SECONDS = 10
HEAP_BYTES = 2**28
FUNCTIONS = frozenset(
    """abs avg char coalesce count cume_dist dense_rank first_value glob group_concat hex ifnull instr json json_array
    json_array_length json_extract json_group_array json_object json_type json_valid lag last_value lead length like lower
    ltrim max min nth_value ntile nullif percent_rank printf quote rank replace round row_number rtrim substr sum total
    trim typeof unicode upper""".split()
)
READ, SELECT, FUNCTION, RECURSIVE = 20, 21, 31, 33
HIDDEN = re.compile(r"(?:pragma_|sqlite_|dbstat$|bytecode$|tables_used$)", re.I)
QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*[\s\S]*?(?:\*/|$)""")
STATEMENT = re.compile(r"\s*(?:select|with)\b", re.I)
WITH = re.compile(r"\s*with\b", re.I)
# A string that does not end swallows the rest, so that the pattern never goes back.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.S)
REFUSED = re.compile("[\0-\x1f\x7f\ud800-\udfff]")
# glibc gives what a statement frees back to the system, unless a larger piece has been freed before: asking for it anew
# takes longer than the verdict.
bytes(2**23)
HERE = os.path.dirname(os.path.abspath(__file__))
_own = None


class Misfit(Exception):
    """What is wrong with an answer's form, and where."""

    def __init__(self, pointer, message):
        super().__init__(message)
        self.pointer = pointer


class Damage(Exception):
    """What is wrong with the task or its world."""


def verify(answer):
    """The verdict on an answer to the task beside this file: JSON text, its bytes, or the parsed value."""
    global _own
    if _own is None:
        _own = load(HERE)
    return _own.verify(answer)


def load(folder, world=None):
    """The verifier of the task in `folder`. Never raises: where task or world are damaged, every verdict is `error`."""
    try:
        return Verifier(folder, world)
    except Exception as problem:  # noqa: BLE001
        return Broken("task", str(problem))


def error(check, message):
    return {"verdict": "error", "score": 0, "violations": [{"check": check, "message": message}]}


class Broken:
    def __init__(self, check, message):
        self.verdict = error(check, message)

    def verify(self, _answer):
        return self.verdict

    def close(self):
        pass


class Verifier:
    def __init__(self, folder, world):
        task = read_task(os.path.join(folder, "task.json"))
        check_task(task)
        path = find_world(folder) if world is None else world
        with open(path, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != task.get("world"):
            raise Damage(
                "%s has sha-256 %s, the task was made for %s: get the world that came with it"
                % (path, found, task.get("world"))
            )
        self.parse = compile_schema(task["answer"]["schema"], "")
        self.ticks = 0
        self.database = open_world(path, self.tick)
        cte = task["answer"]["cte"]
        self.checks = sorted(task["checks"], key=lambda check: check["stage"])
        self.texts = [with_cte(cte, check["sql"]) for check in self.checks]
        # Asked together, the checks share one reading of the answer, which takes a fifth of the time.
        part = 'SELECT * FROM (SELECT %d AS "check", * FROM (\n%s\n) LIMIT %d)'
        rows = [part % (index, check["sql"], MAX_ROWS + 1) for index, check in enumerate(self.checks)]
        flags = " || ".join(["EXISTS(\n%s\n)" % check["sql"] for check in self.checks])
        self.all, self.has_rows = "%s\n%s" % (cte, "\nUNION ALL\n".join(rows)), True
        self.names = [None] * len(self.checks)
        try:
            self.compile("all", self.all)
        except Damage:
            # They do not have the same number of columns: their rows have to be asked for one by one.
            self.all, self.has_rows = "%s\nSELECT '' || %s AS flags" % (cte, flags), False
            self.compile_flags()

    def compile_flags(self):
        try:
            self.compile("all", self.all)
        except Damage:
            # One of them is damaged: asked alone, it says so under its own name.
            for check, text in zip(self.checks, self.texts):
                self.compile(check["id"], text)
            raise

    def tick(self):
        self.ticks += 1
        return self.ticks > MAX_TICKS

    def compile(self, name, sql):
        try:
            self.database.execute("EXPLAIN " + sql, {"answer": "[]"}).close()
        except (sqlite3.Error, sqlite3.Warning, ValueError) as problem:
            raise Damage("check %s is damaged: %s" % (name, problem)) from problem

    def verify(self, answer):
        """The verdict on an answer: JSON text, its bytes, or the parsed value. Never raises."""
        self.ticks = 0
        try:
            bound = {"answer": self.parse(parse_json(to_text(answer)), "")}
        except Misfit as misfit:
            violation = {"check": "format", "pointer": misfit.pointer, "message": str(misfit)}
            return {"verdict": "fail", "score": 0, "violations": [violation]}
        except Exception as problem:  # noqa: BLE001
            return error("format", str(problem))
        check = "all"
        try:
            found = self.ask(bound)
            if not found:
                return {"verdict": "pass", "score": 1, "violations": []}
            violated = sorted(found)
            unknown = [index for index in violated if self.checks[index]["stage"] == "integrity"]
            violations = []
            for index in unknown or violated:
                check = self.checks[index]["id"]
                violations.append({"check": check, "message": self.describe(index, found[index], bound)})
            return {"verdict": "fail", "score": 0 if unknown else self.score(found), "violations": violations}
        except Exception as problem:  # noqa: BLE001
            return error(check, "the check cannot be evaluated: %s" % problem)

    def ask(self, bound):
        """The violated checks by their index, with their first rows or None."""
        rows = self.database.execute(self.all, bound)
        if not self.has_rows:
            return {index: None for index, flag in enumerate(rows.fetchone()[0]) if flag == "1"}
        found = {}
        for index, *cells in rows:
            found.setdefault(index, []).append(cells)
        return found

    def describe(self, index, found, bound):
        """The first rows that violate a check. It is asked alone where its rows or the names of its columns are not known yet."""
        if found is None or self.names[index] is None:
            rows = self.database.execute(self.texts[index], bound)
            self.names[index] = [column[0] for column in rows.description]
            found = rows.fetchmany(MAX_ROWS + 1)
            rows.close()
        names = self.names[index]
        texts = [", ".join(["%s=%s" % (n, say(cell)) for n, cell in zip(names, cells)]) for cells in found[:MAX_ROWS]]
        return "; ".join(texts) + ("; and more" if len(found) > MAX_ROWS else "")

    def score(self, violated):
        """The weight of the satisfied rules over that of all."""
        rules = [(index, check["weight"]) for index, check in enumerate(self.checks) if check["stage"] == "rule"]
        return share(sum(weight for index, weight in rules if index not in violated), sum(weight for _, weight in rules))

    def close(self):
        self.database.close()


def say(cell):
    """A cell as every language says it."""
    if cell is None:
        return "null"
    return int(cell) if type(cell) is float and cell.is_integer() and abs(cell) < 1e21 else cell


def share(a, b):
    """a / b rounded half-even to six decimals, in integers so that every language says the same."""
    whole, rest = divmod(a * 10**6, b)
    return (whole + (1 if 2 * rest > b or (2 * rest == b and whole % 2 == 1) else 0)) / 10**6


def with_cte(cte, sql):
    return "%s\nSELECT * FROM (\n%s\n)" % (cte, sql) if WITH.match(sql) else "%s\n%s" % (cte, sql)


def to_text(answer):
    if not isinstance(answer, (str, bytes, bytearray)):
        try:
            answer = json.dumps(answer)
        except (TypeError, ValueError, RecursionError) as problem:
            raise Misfit("", "is not JSON: %s" % problem) from problem
    size = len(answer) if not isinstance(answer, str) else len(answer.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise Misfit("", "is larger than 1 MiB")
    try:
        return answer if isinstance(answer, str) else answer.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Misfit("", "is not UTF-8") from problem


def parse_json(text):
    if is_deep(text):
        raise Misfit("", "is nested more than %d deep" % MAX_DEPTH)
    try:
        return DECODER.decode(text)
    except ValueError as problem:
        raise Misfit("", "is not JSON: %s" % problem) from problem


def refuse_constant(name):
    raise ValueError("%s is no JSON" % name)


# Numbers that no integer of the answer can be become floats: reading them exactly would take time.
DECODER = json.JSONDecoder(parse_constant=refuse_constant, parse_int=lambda s: int(s) if len(s) < 20 else float(s))


def is_deep(text):
    """Whether brackets outside of strings nest too deep, which recursive readers of JSON would not survive."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for token in TOKEN.finditer(text):
        bracket = token.group()
        depth += 1 if bracket in "[{" else -1 if bracket in "]}" else 0
        if depth > MAX_DEPTH:
            return True
    return False


KEYWORDS = {
    "object": {"type", "properties", "required", "additionalProperties"},
    "array": {"type", "items", "minItems", "maxItems"},
    "string": {"type", "enum", "maxLength"},
    "integer": {"type", "enum", "minimum", "maximum"},
}
NUMERIC = {"minItems", "maxItems", "minimum", "maximum", "maxLength"}
NOTES = {"$schema", "title", "description"}


def compile_schema(schema, at):
    """A function of (value, pointer) that raises Misfit or gives the value's canonical JSON text."""
    kind = schema.get("type") if isinstance(schema, dict) else None
    if not isinstance(kind, str) or kind not in KEYWORDS:
        raise Damage("answer.schema%s: type is none of object, array, string, integer" % at)
    unknown = set(schema) - KEYWORDS[kind] - NOTES
    if unknown:
        raise Damage("answer.schema%s: %s is not in the subset of JSON Schema for %s" % (at, unknown, kind))
    for name, value in schema.items():
        if not is_fit(kind, name, value):
            raise Damage("answer.schema%s: the value of %s is of the wrong type" % (at, name))
    return COMPILERS[kind](schema, at)


def is_fit(kind, name, value):
    number, text = (int, float), (str,)
    if name in NUMERIC:
        return type(value) in number
    if name in ("enum", "required"):
        element = number if name == "enum" and kind == "integer" else text
        return isinstance(value, list) and all(type(each) in element for each in value)
    return True


def compile_object(schema, at):
    if schema.get("additionalProperties") is not False:
        raise Damage("answer.schema%s: additionalProperties is not false" % at)
    required = schema.get("required", [])
    properties = schema["properties"]
    fields = [
        (name, json.dumps(name) + ":", compile_schema(each, at + "/" + name), "/" + escape(name))
        for name, each in properties.items()
    ]

    def parse(value, pointer):
        if type(value) is not dict:
            raise Misfit(pointer, "is not an object")
        for name in required:
            if name not in value:
                raise Misfit(pointer, 'lacks "%s"' % name)
        extra = [name for name in value if name not in properties]
        if extra:
            first = min(extra, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
            raise Misfit(pointer + "/" + escape(first), "is not a known property")
        texts = [label + each(value[name], pointer + step) for name, label, each, step in fields if name in value]
        return "{" + ",".join(texts) + "}"

    return parse


def compile_array(schema, at):
    item = compile_schema(schema.get("items"), at + "/items")
    low, high = schema.get("minItems", 0), schema.get("maxItems", MAX_SAFE)

    def parse(value, pointer):
        if type(value) is not list:
            raise Misfit(pointer, "is not an array")
        if not low <= len(value) <= high:
            raise Misfit(pointer, "has %d items instead of %d to %d" % (len(value), low, high))
        return "[" + ",".join([item(each, "%s/%d" % (pointer, index)) for index, each in enumerate(value)]) + "]"

    return parse


def compile_string(schema, _at):
    allowed = frozenset(schema["enum"]) if "enum" in schema else None
    longest = schema.get("maxLength", MAX_SAFE)

    def parse(value, pointer):
        if type(value) is not str:
            raise Misfit(pointer, "is not a string")
        if REFUSED.search(value):
            raise Misfit(pointer, "has control characters or half characters")
        if len(value) > longest:
            raise Misfit(pointer, "is longer than %d characters" % longest)
        if allowed is not None and value not in allowed:
            raise Misfit(pointer, "is not one of the %d known keys" % len(allowed))
        return json.encoder.encode_basestring(value)

    return parse


def compile_integer(schema, _at):
    allowed = frozenset(schema["enum"]) if "enum" in schema else None
    low, high = schema.get("minimum", -MAX_SAFE), schema.get("maximum", MAX_SAFE)

    def parse(value, pointer):
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int or not -MAX_SAFE <= value <= MAX_SAFE:
            raise Misfit(pointer, "is not an integer")
        if not low <= value <= high:
            raise Misfit(pointer, "%d is not in %d..%d" % (value, low, high))
        if allowed is not None and value not in allowed:
            raise Misfit(pointer, "is not one of the %d known keys" % len(allowed))
        return str(value)

    return parse


COMPILERS = {"object": compile_object, "array": compile_array, "string": compile_string, "integer": compile_integer}


def escape(name):
    return name.replace("~", "~0").replace("/", "~1")


def insist(holds, otherwise):
    if not holds:
        raise Damage("task.json is damaged: " + otherwise)


def is_one_statement(sql):
    """Whether no semicolon ends it, and no bracket would end what it is put into."""
    depth = 0
    for mark in re.findall("[();]", QUOTED.sub("", sql)):
        depth += 1 if mark == "(" else -1
        if mark == ";" or depth < 0:
            return False
    return depth == 0


def check_task(task):
    insist(isinstance(task, dict) and task.get("format") == "envmint.task/1", 'format is not "envmint.task/1"')
    cte = task["answer"].get("cte") if isinstance(task.get("answer"), dict) else None
    is_cte = isinstance(cte, str) and WITH.match(cte) and ":answer" in cte
    insist(is_cte, "answer.cte is not a WITH clause that reads :answer")
    checks = task.get("checks")
    insist(isinstance(checks, list) and 0 < len(checks) <= MAX_CHECKS, "there are not 1 to %d checks" % MAX_CHECKS)
    for check in checks:
        insist(isinstance(check, dict), "a check is not an object")
        name, sql, weight = check.get("id"), check.get("sql"), check.get("weight")
        insist(isinstance(name, str) and isinstance(sql, str), "a check lacks id or sql")
        insist(check.get("stage") in ("integrity", "rule"), 'stage of check %s is neither "integrity" nor "rule"' % name)
        insist(type(weight) is int and 0 < weight <= 10**6, "weight of check %s is not in 1..1000000" % name)
        insist(STATEMENT.match(sql), "check %s is not a SELECT" % name)
        insist(is_one_statement(cte) and is_one_statement(sql), "check %s is not one statement" % name)
    insist(len({check["id"] for check in checks}) == len(checks), "two checks have the same id")


def read_task(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError, RecursionError) as problem:
        raise Damage("%s cannot be read (%s): get the task folder again" % (path, problem)) from problem


def find_world(folder):
    for up in (".", "..", os.path.join("..", "..")):
        path = os.path.abspath(os.path.join(folder, up, "world.sqlite"))
        if os.path.exists(path):
            return path
    raise Damage("no world.sqlite in %s or the two folders above: name it with --world" % os.path.abspath(folder))


def open_world(path, tick):
    uri = pathlib.Path(path).resolve().as_uri() + "?mode=ro&immutable=1"
    database = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=400)
    if hasattr(database, "setlimit"):
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2**24)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.set_progress_handler(tick, TICK)
    # Older releases of SQLite ask the authorizer about the table-valued functions' own columns when they first meet them.
    for function in ("json_each", "json_tree"):
        database.execute("SELECT 1 FROM %s('[]')" % function).close()
    database.set_authorizer(authorize)
    return database


def authorize(action, first, second, _database, _trigger):
    if action == FUNCTION:
        return 0 if second.lower() in FUNCTIONS else 1
    return 0 if action in (SELECT, RECURSIVE) or (action == READ and not HIDDEN.match(first or "")) else 1


def read_answer(path):
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


def give(verdict):
    print(json.dumps(verdict, indent=2), flush=True)
    os._exit(("pass", "fail", "error").index(verdict["verdict"]))


def main(args):
    options = {"--world": None, "--task": HERE}
    paths = []
    rest = iter(args)
    for arg in rest:
        if arg in options:
            options[arg] = next(rest, None)
        else:
            paths.append(arg)
    if len(paths) != 1 or (paths[0].startswith("-") and paths[0] != "-"):
        give(error("usage", "usage: python3 verify.py answer.json|- [--world world.sqlite] [--task FOLDER]"))
    late = error("limit", "no verdict within %d seconds: the task's checks cost too much" % SECONDS)
    try:
        answer = read_answer(paths[0])
    except OSError as problem:
        give(error("usage", "%s cannot be read: %s" % (paths[0], problem)))
    timer = threading.Timer(SECONDS, give, [late])
    timer.daemon = True
    timer.start()
    with sqlite3.connect(":memory:") as limits:
        limits.execute("PRAGMA hard_heap_limit = %d" % HEAP_BYTES)
    give(load(options["--task"], options["--world"]).verify(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
