/**
 * Python that runs PHPUnit in one process for all that is asked: `php_run.py REPORTS FOLDER SCOPE CANARIES…`, where SCOPE is "all" or a JSON list of
 * files below the folder. It writes a configuration beside the project's own, with other suites and without reports, and reads the JUnit of a private file.
 */
export const RUNNER_PY = `import glob, json, os, subprocess, sys, tempfile
import xml.etree.ElementTree as tree
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit

reports, folder, scope, canaries = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
RANK = {'pass': 0, 'skip': 1, 'error': 2, 'fail': 3}

def find_configuration():
    for name in ('phpunit.xml', 'phpunit.dist.xml', 'phpunit.xml.dist'):
        if os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    return None

def read_configuration():
    path = find_configuration()
    if path is not None:
        return tree.parse(path).getroot()
    root = tree.Element('phpunit')
    if os.path.exists(os.path.join(folder, 'vendor/autoload.php')):
        root.set('bootstrap', 'vendor/autoload.php')
    suite = tree.SubElement(tree.SubElement(root, 'testsuites'), 'testsuite', name='all')
    for name in ('tests', 'test', 'Tests', 'Test'):
        if os.path.isdir(os.path.join(folder, name)):
            tree.SubElement(suite, 'directory').text = name
            break
    return root

def leave_out_absent(suites):
    """Suites of libraries that are not installed: PHPUnit ends at a folder that is not there."""
    for suite in list(suites.iter('testsuite')):
        for child in suite.findall('directory') + suite.findall('file'):
            if not glob.glob(os.path.join(folder, (child.text or '').strip())):
                suite.remove(child)
    for suite in suites.findall('testsuite'):
        if not any(child.tag in ('directory', 'file', 'testsuite') for child in suite):
            suites.remove(suite)

def write_configuration():
    root = read_configuration()
    for name in ('logging', 'coverage'):
        for child in root.findall(name):
            root.remove(child)
    for name in list(root.attrib):
        if name.startswith('stopOn') or name in ('defaultTestSuite', 'cacheDirectory', 'cacheResultFile', 'executionOrder'):
            del root.attrib[name]
    suites = root.find('testsuites')
    if suites is None:
        suites = tree.SubElement(root, 'testsuites')
        for child in root.findall('testsuite'):
            root.remove(child)
            suites.append(child)
    leave_out_absent(suites)
    files = [os.path.join('/testbed', path) for path in canaries]
    if scope != 'all':
        files = [os.path.join(folder, path) for path in json.loads(scope)] + files
        for child in list(suites):
            suites.remove(child)
    if files:
        suite = tree.SubElement(suites, 'testsuite', name='envmint')
        for path in files:
            if os.path.exists(path):
                tree.SubElement(suite, 'file').text = path
    handle, path = tempfile.mkstemp(prefix='.phpunit-', suffix='.xml', dir=folder)
    with os.fdopen(handle, 'wb') as out:
        tree.ElementTree(root).write(out, encoding='utf-8', xml_declaration=True)
    return path

def find_runner():
    for name in ('vendor/bin/pest', 'vendor/bin/phpunit'):
        if os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    return '/usr/bin/phpunit'

def seconds(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None

def read_report(path):
    seen = {}
    for case in tree.parse(path).getroot().iter('testcase'):
        group, status, message = case.get('class') or case.get('classname') or case.get('file') or '', 'pass', ''
        for child in case:
            if child.tag in ('failure', 'error', 'skipped', 'warning'):
                status = {'failure': 'fail', 'error': 'error', 'skipped': 'skip', 'warning': 'fail'}[child.tag]
                # The first line says the name again.
                message = (child.text or '').split('\\n', 1)[-1]
        name = group.replace('/testbed/', '') + '::' + case.get('name', '') if group else case.get('name', '')
        known = seen.get(name)
        if known is None or RANK[status] > RANK[known[1]]:
            seen[name] = (name, status, message, seconds(case.get('time')))
    return list(seen.values())

configuration = write_configuration()
target = os.path.join(tempfile.mkdtemp(), 'junit.xml')
command = ['php', '-d', 'memory_limit=-1', find_runner(), '--configuration', configuration, '--log-junit', target]
ended = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
os.unlink(configuration)
output = ended.stdout.decode(errors='replace')
print(output[-20000:])
try:
    cases = read_report(target)
except Exception as trouble:
    cases = [('(phpunit)', 'error', 'no report: %s\\n%s' % (trouble, output[-6000:]), None)]
junit.empty(reports)
junit.write(os.path.join(reports, 'phpunit.xml'), 'phpunit', cases)
sys.exit(ended.returncode if ended.returncode >= 0 else 128 - ended.returncode)
`;
