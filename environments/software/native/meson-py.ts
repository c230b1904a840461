/** Python that joins meson's own JUnit with what the launcher saw of single programs: `native_meson.py REPORTS RESULTS`. */
export const MESON_PY = `import glob, json, os, sys
import xml.etree.ElementTree as tree
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit
import native_outputs as outputs

reports, results = sys.argv[1:3]
found = [json.load(open(path)) for path in sorted(glob.glob(results + '/*.json'))]
junit.empty(reports)
whole = []
for path in sorted(glob.glob('/opt/build/meson-logs/testlog*.junit.xml')):
    for suite in tree.parse(path).getroot().iter('testsuite'):
        for case in suite.iter('testcase'):
            status, message = 'pass', ''
            for child in case:
                if child.tag in ('failure', 'error', 'skipped'):
                    status, message = {'failure': 'fail', 'error': 'error', 'skipped': 'skip'}[child.tag], child.get('message') or child.text or ''
            whole.append([case.get('name', ''), status, message, outputs.seconds(case.get('time'))])
junit.write(os.path.join(reports, 'meson.xml'), 'meson', outputs.merge(whole))
for number, result in enumerate(sorted(found, key=lambda result: result['name'])):
    if result['cases']:
        junit.write(os.path.join(reports, 'program-%04d.xml' % number), result['name'], result['cases'])
`;
