/** Python that joins meson's own JUnit with what the launcher saw of single programs: `native_meson.py REPORTS RESULTS`. */
export const MESON_PY = `import glob, json, os, subprocess, sys
import xml.etree.ElementTree as tree
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit
import native_outputs as outputs

reports, results = sys.argv[1:3]
found = [json.load(open(path)) for path in sorted(glob.glob(results + '/*.json'))]
standing = {result['name'] for result in found if result['stands']}
described = json.loads(subprocess.run(['meson', 'introspect', '--tests', '/opt/build'], stdout=subprocess.PIPE, check=True).stdout.decode())
dropped = {test['name'] for test in described if os.path.relpath(test['cmd'][0], '/opt/build') in standing}
junit.empty(reports)
whole = []
for path in sorted(glob.glob('/opt/build/meson-logs/testlog*.junit.xml')):
    for suite in tree.parse(path).getroot().iter('testsuite'):
        for case in suite.iter('testcase'):
            status, message = 'pass', ''
            for child in case:
                if child.tag in ('failure', 'error', 'skipped'):
                    status, message = {'failure': 'fail', 'error': 'error', 'skipped': 'skip'}[child.tag], child.get('message') or child.text or ''
            if case.get('name') not in dropped:
                whole.append([case.get('name', ''), status, message, outputs.seconds(case.get('time'))])
junit.write(os.path.join(reports, 'meson.xml'), 'meson', outputs.merge(whole))
for number, result in enumerate(sorted(found, key=lambda result: result['name'])):
    if result['cases']:
        junit.write(os.path.join(reports, 'program-%04d.xml' % number), result['name'], result['cases'])
`;
