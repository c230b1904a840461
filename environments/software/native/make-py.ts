/**
 * Python that writes JUnit after `make check` or `make test`: `native_make.py REPORTS LOG ROOT STAMP RESULTS NOTES NAME CODE [NAME CODE…]`. Automake's
 * .trs files that are newer than STAMP come first; else lines of automake, TAP or Unity in the log. A command as a whole is a test as well, by its exit
 * code: the first one where nothing tells of single tests, else where it fails; those after it always. "(build)" is a test where the compiler or the
 * linker failed.
 */
export const MAKE_PY = String.raw`import glob, json, os, re, sys
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit
import native_outputs as outputs

# What compilers and linkers say; cmocka says as much of assertions.
BROKEN = re.compile(r'^(?:\S+:\d+(?::\d+)?: (?:fatal )?|collect2: |clang(?:\+\+)?: )error: (?!Failure!)', re.M)
reports, log, root, stamp, results, notes = sys.argv[1:7]
(name, code), *further = list(zip(sys.argv[7::2], sys.argv[8::2]))

def read_trs(path):
    text = open(path, errors='replace').read()
    entry = os.path.relpath(path[:-4], root)
    try:
        output = open(path[:-4] + '.log', errors='replace').read()[-8000:]
    except OSError:
        output = ''
    lines = re.findall(r'^:test-result: (\w+)(?: (.*))?$', text, re.M)
    if len(lines) == 1:
        return [[entry, outputs.WORDS.get(lines[0][0], 'error'), output, None]]
    return [['%s / %s' % (entry, what or number), outputs.WORDS.get(word, 'error'), output, None] for number, (word, what) in enumerate(lines)]

def read_notes():
    """Programs of the tree that began, and whether all of their runs came back from main with 0: a program of C can end with another code than main returned."""
    begun, back = {}, {}
    try:
        lines = open(notes, errors='replace').read().split('\n')
    except OSError:
        return []
    for line in lines:
        found = re.match('(started|returned 0) (.*)', line)
        if found:
            counts = begun if found.group(1) == 'started' else back
            counts[found.group(2)] = counts.get(found.group(2), 0) + 1
    return [['%s (comes back from main)' % os.path.relpath(path, root), 'pass' if back.get(path, 0) >= count else 'fail', '', None]
            for path, count in sorted(begun.items())]

def mentions(path):
    return os.path.getmtime(path) >= os.path.getmtime(stamp)

text = open(log, errors='replace').read()
found = [json.load(open(path)) for path in sorted(glob.glob(results + '/*.json'))]
standing = {result['name'] for result in found if result['stands']}
cases = [case for path in sorted(glob.glob(root + '/**/*.trs', recursive=True)) if mentions(path) for case in read_trs(path)]
cases = cases or outputs.read_automake(text) or outputs.read_text(text)
cases = [case for case in cases if case[0] not in standing]
isTold = bool(cases or found)
cases += ([] if isTold else outputs.read_summary(text)) + read_notes()
# Programs that come back say nothing of what a script makes of their output.
if not isTold or code != '0':
    cases.append([name, 'pass' if code == '0' else 'fail', text[-8000:], None])
cases += [[each, 'pass' if ended == '0' else 'fail', text[-8000:], None] for each, ended in further]
if any(ended != '0' for _, ended in [(name, code), *further]) and BROKEN.search(text):
    cases.append(['(build)', 'error', '', None])
junit.empty(reports)
junit.write(os.path.join(reports, 'make.xml'), 'make', outputs.merge(cases))
for number, result in enumerate(sorted(found, key=lambda result: result['name'])):
    if result['cases']:
        junit.write(os.path.join(reports, 'program-%04d.xml' % number), result['name'], result['cases'])
`;
