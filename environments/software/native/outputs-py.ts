/** Python that reads what test programs write: reports of C++ frameworks, TAP, Unity, lines of automake. A case is [name, status, message, seconds]. */
export const OUTPUTS_PY = String.raw`import re
import xml.etree.ElementTree as tree

RANK = {'pass': 0, 'skip': 1, 'error': 2, 'fail': 3}

def merge(cases):
    """One case a name, the worst of those that were told."""
    seen = {}
    for case in cases:
        known = seen.get(case[0])
        if known is None or RANK[case[1]] > RANK[known[1]]:
            seen[case[0]] = case
    return list(seen.values())

def seconds(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None

def read_xml(path, kind):
    """GoogleTest tells classes by classname; Catch2 and doctest put the program or the file there."""
    cases = []
    for case in tree.parse(path).getroot().iter('testcase'):
        name, group = case.get('name', ''), case.get('classname', '')
        if kind in ('gtest', 'boost') and group:
            name = group + '.' + name
        status, message = 'pass', ''
        if case.get('status') == 'notrun' or case.get('result') == 'suppressed':
            status = 'skip'
        for child in case:
            if child.tag in ('failure', 'error', 'skipped'):
                status = {'failure': 'fail', 'error': 'error', 'skipped': 'skip'}[child.tag]
                message = (child.get('message') or '') + '\n' + (child.text or '')
                if status != 'skip':
                    break
        cases.append([name, status, message.strip(), seconds(case.get('time'))])
    return merge(cases)

TAP = re.compile(r'^(not )?ok\b\s*(\d+)?\s*(?:-\s*)?([^#\n]*?)\s*(?:#\s*(skip|todo)\b[^\n]*)?$', re.I)
UNITY = re.compile(r'^(?:\S+):\d+:([A-Za-z_]\w*):(PASS|FAIL|IGNORE)(.*)$')
AUTOMAKE = re.compile(r'^(PASS|FAIL|XFAIL|XPASS|SKIP|ERROR): (.+?)\s*$')
WORDS = {'PASS': 'pass', 'FAIL': 'fail', 'XFAIL': 'pass', 'XPASS': 'fail', 'SKIP': 'skip', 'IGNORE': 'skip', 'ERROR': 'error'}

def read_text(text):
    """Cases of a program that speaks TAP or Unity; empty for one that does neither."""
    tap, unity, plan = [], [], None
    for line in text.split('\n'):
        line = line.rstrip('\r')
        found = re.match(r'^1\.\.(\d+)', line)
        if found:
            plan = int(found.group(1))
        found = TAP.match(line)
        if found and (found.group(2) or found.group(3)):
            status = 'fail' if found.group(1) else 'pass'
            if found.group(4):
                status = 'skip' if found.group(4).lower() == 'skip' else 'pass'
            tap.append([found.group(3) or 'test ' + found.group(2), status, line, None])
        found = UNITY.match(line)
        if found:
            unity.append([found.group(1), WORDS[found.group(2)], found.group(3).lstrip(': '), None])
    if tap and plan is not None and len(tap) < plan:
        tap.append(['(plan)', 'error', 'planned %d tests, told of %d' % (plan, len(tap)), None])
    return merge(unity if unity else tap if tap and plan is not None else [])

COUNT = re.compile(r'\b(?:(?:tests?|checks?|assertions?|cases?)\s+failed|fail(?:ed|ures?))\s*[:=]\s*(\d+)\b|[,;:(]\s*(\d+)\s+(?:tests?\s+|checks?\s+|assertions?\s+)?failed\b', re.I)

def read_summary(text):
    """One case of what a program counts of failures, all of its counts together: some end well whatever they count. Empty where it counts none."""
    found = [(line, int(m.group(1) or m.group(2))) for line in text.split('\n') for m in [COUNT.search(line)] if m]
    bad = [line for line, count in found if count > 0]
    return [['(failures)', 'fail' if bad else 'pass', '\n'.join(bad[:20]), None]] if found else []

def read_automake(text):
    return merge([[m.group(2), WORDS[m.group(1)], line, None] for line in text.split('\n') for m in [AUTOMAKE.match(line)] if m])
`;
