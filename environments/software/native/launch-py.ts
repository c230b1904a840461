/**
 * Python that runs one test program for a runner: `native_launch.py NAME PROGRAM ARGUMENT…`, where NAME "-" stands for the program's path. It asks
 * the frameworks that it knows for a report of single tests, watches that the program comes back from main, and leaves what it saw as JSON in
 * $ENVMINT_RESULTS. Output and exit code are the program's.
 */
export const LAUNCH_PY = String.raw`import json, os, re, secrets, shutil, subprocess, sys, tempfile
sys.path.insert(0, '/opt/envmint/lib')
import native_outputs as outputs

GUARD = '/opt/envmint/lib/guard.so'
OUTPUT_BYTES = 1 << 20

def binary_of(program):
    """The program behind a wrapper of libtool."""
    folder, name = os.path.split(os.path.abspath(program))
    for inner in (os.path.join(folder, '.libs', name), os.path.join(folder, '.libs', 'lt-' + name)):
        if os.path.exists(inner):
            return inner
    return program

def kind_of(content, arguments):
    if b'InitGoogleTest' in content:
        return 'gtest' if not any(a.startswith('--gtest_') for a in arguments) else None
    if arguments:
        return None
    if b'invisibles' in content and b'rng-seed' in content:
        return 'catch'
    if b'[doctest]' in content:
        return 'doctest'
    if b'BOOST_TEST_' in content and b'log_sink' in content:
        return 'boost'
    return None

def options_of(kind, report):
    return {'gtest': ['--gtest_output=xml:' + report], 'catch': ['-r', 'junit', '-o', report],
            'doctest': ['-r=junit', '-o=' + report], 'boost': ['--logger=JUNIT,message,' + report], None: []}[kind]

def preload_for(program, content):
    """The address sanitizer insists on being first. None where nothing may come before a program."""
    if b'__tsan_init' in content or b'__msan_init' in content:
        return None
    if b'__asan_init' not in content:
        return GUARD
    linked = subprocess.run(['ldd', program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode(errors='replace')
    found = re.search(r'=> (\S*/libasan\S+)', linked)
    return found.group(1) + ':' + GUARD if found else None

def read_return(path):
    """What main returned; None where it did not come back."""
    try:
        found = re.findall('^returned ([0-9]+) ', open(path, errors='replace').read(), re.M)
    except OSError:
        found = []
    return int(found[0]) if len(found) == 1 else None

def judge(kind, report, text, ended):
    """(cases, whether they stand for the program as a whole)"""
    if kind is not None and not ended:
        return [['(program)', 'error', 'the program did not come back from main\n' + text, None]], True
    if kind is not None:
        try:
            cases = outputs.read_xml(report, kind)
        except Exception as trouble:
            return [['(program)', 'error', 'no report: %s\n%s' % (trouble, text), None]], True
        return cases, True
    return outputs.read_text(text) or outputs.read_summary(text), False

def main():
    name, command = sys.argv[1], sys.argv[2:]
    results = os.environ.pop('ENVMINT_RESULTS', None)
    if results is None:
        os.execvp(command[0], command)
    program, content = binary_of(shutil.which(command[0]) or command[0]), b''
    try:
        with open(program, 'rb') as file:
            content = file.read(1 << 28)
    except OSError:
        pass
    is_program = content.startswith(b'\x7fELF') and b'ld-linux' in content[:4096]
    preload = preload_for(program, content) if is_program else None
    is_guarded = preload is not None
    kind = kind_of(content, command[1:]) if is_program else None
    folder, word = tempfile.mkdtemp(), secrets.token_hex(8)
    report, notes = os.path.join(folder, 'report.xml'), os.path.join(folder, 'notes')
    environment = dict(os.environ)
    if is_guarded:
        environment.update(LD_PRELOAD=preload, ENVMINT_GUARD=notes, ENVMINT_GUARD_WORD=word)
    with open(os.path.join(folder, 'output'), 'w+b') as output:
        code = subprocess.call(command + options_of(kind, report), stdout=output, stderr=subprocess.STDOUT, env=environment)
        size = output.seek(0, os.SEEK_END)
        output.seek(max(0, size - OUTPUT_BYTES))
        content = output.read()
    said = ('\nok 1 - %s\nnot ok 2 - %s\n' % (word, word)).encode()
    is_heard = said in content
    content = content.replace(said, b'', 1)
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
    text = content.decode(errors='replace')
    returned = read_return(notes)
    # Code that runs after main may not change what it came to.
    has_ended = not is_guarded or returned is not None and returned == code
    cases, stands = judge(kind, report, text, has_ended)
    if stands and code != 0 and not any(case[1] in ('fail', 'error') for case in cases):
        cases.append(['(program)', 'error', 'ended with code %d\n%s' % (code, text), None])
    if is_guarded and not stands:
        is_well = has_ended and returned == 0 and is_heard
        trouble = 'main returned %s, the program ended with code %d, and its last lines %s' % (returned, code, 'arrived' if is_heard else 'did not arrive')
        cases.append(['(comes back from main)', 'pass' if is_well else 'fail', '' if is_well else trouble, None])
    shutil.rmtree(folder, ignore_errors=True)
    path = os.path.abspath(command[0])
    for root in ('/testbed/', '/opt/build/'):
        path = path[len(root):] if path.startswith(root) else path
    handle, target = tempfile.mkstemp(suffix='.json', dir=results)
    with os.fdopen(handle, 'w') as file:
        json.dump({'name': path if name == '-' else name, 'stands': stands, 'cases': cases}, file)
    sys.exit(code if code >= 0 else 128 - code)

main()
`;
