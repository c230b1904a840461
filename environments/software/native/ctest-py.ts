/**
 * Python that runs ctest on a build tree: `native_ctest.py BUILD REPORTS SCOPE CANARIES…`, where SCOPE is "all" or a JSON list of test files below the
 * source folder. Programs of the build are put behind the launcher by changing the build tree's lists of tests.
 */
export const CTEST_PY = String.raw`import glob, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as tree
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit
import native_outputs as outputs

LAUNCH = '/opt/envmint/bin/envmint-launch'
build, reports, scope, canaries = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
ADD = re.compile(r'(add_test\(\s*(\[(=*)\[.*?\]\3\]|"(?:[^"\\]|\\.)*"|[^\s"()]+)\s+)("?)((?:' + re.escape(build) + r'|[.]{1,2})/[^\s")]*|/?[\w.+-]+(?=["\s)]))')

def place_of(command, folder):
    """What a command of a list of tests stands for; None where it is no program of the build. add_test(NAME PROGRAM) leaves the bare name there, and
    with an empty variable for its folder a slash before it: ctest looks for both beside the list."""
    if '/' in command.lstrip('/'):
        return command
    path = os.path.join(folder, command.lstrip('/'))
    return path if os.path.isfile(path) else None

def behind_launcher(match, folder):
    path = place_of(match.group(5), folder)
    if path is None:
        return match.group(0)
    return '%s"%s" %s "%s' % (match.group(1), LAUNCH, match.group(2), path) + ('' if match.group(4) else '"')

def put_launcher():
    for path in glob.glob(build + '/**/*.cmake', recursive=True):
        if '/CMakeFiles/' in path:
            continue
        with open(path, errors='surrogateescape') as file:
            text = file.read()
        changed = ADD.sub(lambda match: behind_launcher(match, os.path.dirname(path)), text)
        if changed != text:
            with open(path, 'w', errors='surrogateescape') as file:
                file.write(changed)

def put_programs():
    """Test programs that are built and that nobody told ctest of."""
    with open(build + '/CTestTestfile.cmake', 'a') as file:
        for link in sorted(glob.glob(build + '/**/CMakeFiles/*.dir/link.txt', recursive=True)):
            command = open(link).read()
            output = re.search(r'\s-o\s+("?)(\S+?)\1(?:\s|$)', command)
            if output is None or ' -shared ' in command:
                continue
            folder = os.path.dirname(os.path.dirname(os.path.dirname(link)))
            path = os.path.join(folder, output.group(2))
            if re.search(r'(^|[/_-])(unit)?tests?([/_.-]|$)', os.path.relpath(path, build), re.I) and os.path.exists(path):
                name = os.path.relpath(path, build)
                file.write('add_test([=[%s]=] "%s")\nset_tests_properties([=[%s]=] PROPERTIES WORKING_DIRECTORY "%s")\n' % (name, path, name, folder))

def put_canaries():
    with open(build + '/CTestTestfile.cmake', 'a') as file:
        for path in canaries:
            name = os.path.splitext(os.path.basename(path))[0]
            file.write('add_test([=[%s]=] "bash" "%s")\n' % (name, os.path.join('/testbed', path)))

def list_tests():
    text = subprocess.run(['ctest', '--test-dir', build, '--show-only=json-v1'], stdout=subprocess.PIPE, check=True).stdout
    # A project's CTestCustom.cmake may print what it likes before.
    text = text.decode(errors='replace')
    return json.JSONDecoder().raw_decode(text[re.search('^[{]', text, re.M).start():])[0]['tests']

def programs_of(files):
    """What is linked from the objects of the files, as the build's link commands have it."""
    found = set()
    for file in files:
        for target in glob.glob(build + '/**/*.dir', recursive=True):
            name = os.path.basename(file) + '.o'
            objects = glob.glob(target + '/**/' + glob.escape(name), recursive=True)
            tail = '/'.join(file.split('/')[-2:]) + '.o'
            exact = [o for o in objects if o.endswith('/' + tail)]
            link = os.path.join(target, 'link.txt')
            if (exact or objects) and os.path.exists(link):
                output = re.search(r'\s-o\s+("?)(\S+?)\1(?:\s|$)', open(link).read())
                if output:
                    found.add(os.path.realpath(os.path.join(os.path.dirname(os.path.dirname(target)), output.group(2))))
    return found

def select(tests):
    if scope == 'all':
        return None
    files = json.loads(scope)
    programs = programs_of(files)
    stems = {os.path.splitext(os.path.basename(file))[0] for file in files}
    names = [os.path.splitext(os.path.basename(path))[0] for path in canaries]
    chosen = [t['name'] for t in tests if 'command' in t and any(os.path.realpath(word) in programs for word in t['command'][:4])]
    chosen = chosen or [t['name'] for t in tests if t['name'] in stems]
    return chosen + names if chosen else None

def run(chosen):
    target = os.path.join(tempfile.mkdtemp(), 'ctest.xml')
    results = tempfile.mkdtemp()
    command = ['ctest', '--test-dir', build, '--output-junit', target, '--timeout', '600', '--no-tests=error', '--output-on-failure']
    if chosen is not None:
        command += ['-R', '^(%s)$' % '|'.join(re.sub(r'([][+.*()|^$?\\])', r'\\\1', name) for name in chosen)]
    code = subprocess.call(command, env=dict(os.environ, ENVMINT_RESULTS=results))
    return code, target, [json.load(open(path)) for path in sorted(glob.glob(results + '/*.json'))]

if not list_tests():
    put_programs()
put_launcher()
put_canaries()
code, target, results = run(select(list_tests()))
standing = {result['name'] for result in results if result['stands']}
entries = outputs.read_xml(target, 'ctest') if os.path.exists(target) else []
junit.empty(reports)
junit.write(os.path.join(reports, 'ctest.xml'), 'ctest', [entry for entry in entries if entry[0] not in standing])
for number, result in enumerate(sorted(results, key=lambda result: result['name'])):
    if result['cases']:
        junit.write(os.path.join(reports, 'program-%04d.xml' % number), result['name'], result['cases'])
sys.exit(code)
`;
