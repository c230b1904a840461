/**
 * Python that writes a go.mod and a go.sum for code that has none: `go_module.py MODULE DATE IMPORTS…`, in the folder where they are to lie. Versions that a
 * lock file of an older tool says hold, where the go command can read it; others are the newest releases of the date, else its newest commit where the proxy
 * lists it, else the oldest release. What has neither is taken as it is today: the module proxy cannot be asked for a date.
 */
export const MODULE_PY = String.raw`import json, re, subprocess, sys

module, date, imports = sys.argv[1], sys.argv[2], sys.argv[3:]

def go(*args):
    ended = subprocess.run(['go', *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    sys.stderr.write(ended.stderr[-2000:])
    return ended.stdout

def objects(text):
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found, at = decoder.raw_decode(text, at)
        yield found

def module_of(path):
    """Undefined for hosts of which only the go command can tell."""
    parts = path.split('/')
    if parts[0] == 'gopkg.in':
        ends = [number for number, part in enumerate(parts) if re.search(r'\.v\d+$', part)]
        return '/'.join(parts[:ends[0] + 1]) if ends else None
    if parts[0] not in ('github.com', 'bitbucket.org', 'gitlab.com', 'golang.org', 'google.golang.org', 'k8s.io', 'go.uber.org'):
        return None
    count = 3 if parts[0] in ('github.com', 'bitbucket.org', 'gitlab.com') or parts[:2] == ['golang.org', 'x'] else 2
    if len(parts) > count and re.match(r'v[2-9]\d*$', parts[count]):
        count += 1
    return '/'.join(parts[:count])

def version_of(path):
    # Go 1.12 knows no module that nothing requires, but for a version of it; it lists commits as well, where the proxy does.
    known = [version for found in objects(go('list', '-m', '-versions', '-json', path + '@latest')) for version in found.get('Versions') or []]
    releases = [version for version in known if '-' not in version]
    asked = objects(go('list', '-m', '-e', '-json', *['%s@%s' % (path, version) for version in releases])) if releases else []
    times = [(found['Time'], found['Version']) for found in asked if found.get('Time')]
    before = [version for time, version in times if time <= date]
    commits = [version for version in known if re.search(r'[-.]\d{14}-[0-9a-f]{12}$', version)]
    before = before or sorted((version for version in commits if version[-27:-13] <= re.sub(r'\D', '', date)), key=lambda version: version[-27:-13])
    return before[-1] if before else times[0][1] if times else None

go('mod', 'init', module)
locked = {found['Path'] for found in json.loads(go('mod', 'edit', '-json')).get('Require') or []}
for path in sorted({module_of(path) for path in imports} - {None} - locked):
    version = version_of(path)
    if version is not None:
        go('mod', 'edit', '-require=%s@%s' % (path, version))
with open('imports.go', 'w') as out:
    out.write('package imports\n' + ''.join('import _ "%s"\n' % path for path in imports))
go('list', '-e', '-deps', '-test', './...')
print(open('go.mod').read())
`;
