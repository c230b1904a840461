/**
 * Python that reads `go test -json` and writes JUnit: a testcase for each test and subtest. A package that failed without a failed test (it does not
 * compile, it panicked, it exited) is one more testcase, "(package)", with status error. Tests that began and did not end are errors.
 */
export const JSON_TO_JUNIT_PY = `import json, os, sys
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit

reports, module, source = sys.argv[1:4]
STATUS = {'pass': 'pass', 'fail': 'fail', 'skip': 'skip'}
packages, build = {}, {}
for line in open(source, encoding='utf-8', errors='replace'):
    try:
        event = json.loads(line)
        action = event['Action']
    except (ValueError, KeyError, TypeError):
        continue
    if action.startswith('build-'):
        build.setdefault(event.get('ImportPath', '').split(' ')[0], []).append(event.get('Output', ''))
        continue
    package = packages.setdefault(event.get('Package', ''), {'tests': {}, 'end': None, 'output': []})
    name = event.get('Test')
    if name is None:
        if action == 'output':
            package['output'].append(event.get('Output', ''))
        elif action in STATUS:
            package['end'] = action
        continue
    test = package['tests'].setdefault(name, {'ends': [], 'output': [], 'elapsed': None})
    if action == 'output':
        test['output'].append(event.get('Output', ''))
    elif action in STATUS:
        test['ends'].append(STATUS[action])
        test['elapsed'] = event.get('Elapsed')

junit.empty(reports)
for number, name in enumerate(sorted(packages)):
    package, cases = packages[name], []
    for test, seen in sorted(package['tests'].items()):
        text = ''.join(part for part in seen['output'] if not part.startswith(('=== ', '\\x16=== ')))
        # Every end is told: a test that ended twice in two ways is for the reader to refuse.
        for end in sorted(set(seen['ends'])) or ['error']:
            cases.append((test, end, text, seen['elapsed']))
    if package['end'] not in ('pass', 'skip') and not any(case[1] in ('fail', 'error') for case in cases):
        text = ''.join(build.get(name.split(' ')[0], [])) + ''.join(package['output'])
        cases.append(('(package)', 'error', text or 'the package did not end', None))
    if cases:
        junit.write(os.path.join(reports, 'go-%04d.xml' % number), name, cases)
`;
