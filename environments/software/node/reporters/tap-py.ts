/**
 * Runs programs that print TAP, one after the other, and writes JUnit: `tap.py [--whole] COMMAND… -- FILE…`.
 * With --whole one command prints the TAP of all files. In the TAP of tape a comment
 * names the test that the assertions below it are of; in AVA's, which is one for all files, it is what a test has logged.
 */
export const TAP_PY = String.raw`import os, re, subprocess, sys
from xml.sax.saxutils import quoteattr

LINE = re.compile(r"^( *)(not )?ok\b(?:\s+(\d+))?\s*(?:-\s*)?(.*?)(?:\s+#\s*(skip|todo|time=)\S*\s*(.*))?\s*(\{)?\s*$", re.I)
SUMMARY = re.compile(r"^# (?:tests|pass|fail|skip|todo|ok|suites|cancelled|skipped|duration_ms|time=|failed)\b", re.I)
ODD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPORTS = os.environ.pop("ENVMINT_REPORTS")

def attribute(text):
    return quoteattr(ODD.sub("?", text))

def read(text, has_titles):
    """Tests by name: a test is failed where any of its assertions is. A comment names a test only where has_titles says so."""
    cases, comment, planned, seen, stack = {}, "", None, 0, []
    for line in text.splitlines():
        if has_titles and line.startswith("# ") and not SUMMARY.match(line) and not line.startswith("# Subtest"):
            comment = line[2:].strip()
        plan = re.match(r"^1\.\.(\d+)", line)
        if plan:
            planned = int(plan.group(1))
        sub = re.match(r"^( *)# Subtest: (.*)", line)
        if sub:
            depth = len(sub.group(1)) // 4
            stack = stack[:depth] + [sub.group(2).strip()]
        found = LINE.match(line)
        if not found:
            continue
        indent, failed, _, name, mark, _, _ = found.groups()
        depth = len(indent) // 4
        seen += depth == 0
        if stack and depth < len(stack) and name == stack[depth] and any(key.startswith(" > ".join(stack[: depth + 1]) + " > ") for key in cases):
            if not failed:
                continue
        parts = stack[:depth] + [name or "(unnamed)"] if stack else [comment] if comment else [name or "(unnamed)"]
        key = " > ".join(parts)
        status = "skip" if mark and mark.lower() in ("skip", "todo") else "fail" if failed else "pass"
        old = cases.get(key)
        cases[key] = "fail" if "fail" in (old, status) else old if old == "pass" else status
    return cases, planned is not None and planned != seen

def main():
    words = sys.argv[1:]
    whole = words[0] == "--whole"
    words = words[1:] if whole else words
    cut = words.index("--")
    command, files = words[:cut], words[cut + 1:]
    worst, out = 0, []
    for batch in [files] if whole else [[file] for file in files]:
        run = subprocess.run(command + batch, stdout=subprocess.PIPE)
        text = run.stdout.decode("utf-8", "replace")
        sys.stdout.write(text)
        sys.stdout.flush()
        worst = worst or run.returncode
        file = "" if whole else os.path.normpath(batch[0])
        cases, short = read(text, not whole)
        if not cases and not whole:
            cases = {"(program)": "pass" if run.returncode == 0 else "error"}
        elif short or run.returncode < 0:
            cases["(end)"] = "error"
        out += [(file, name, status) for name, status in cases.items()]
    with open(os.path.join(REPORTS, "tap.xml.part"), "w", encoding="utf-8") as report:
        report.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites><testsuite name="" tests="%d">\n' % len(out))
        for file, name, status in out:
            inner = {"pass": "", "fail": "<failure/>", "error": "<error/>", "skip": "<skipped/>"}[status]
            report.write("<testcase classname=%s name=%s>%s</testcase>\n" % (attribute(file), attribute(name), inner))
        report.write("</testsuite></testsuites>\n")
    os.rename(os.path.join(REPORTS, "tap.xml.part"), os.path.join(REPORTS, "tap.xml"))
    sys.exit(worst if worst >= 0 else 128 - worst)

main()
`;
