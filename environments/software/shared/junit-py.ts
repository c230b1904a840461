/**
 * A Python module, `envmint_junit`, for the converters that run in containers: `write(path, suite, cases)`, where a case is
 * (name, status, message, seconds) and status is pass, fail, error or skip. It also empties the folder of reports first, and ends what the tests left
 * running in the container: nothing but what the runner's own output says is to be read, and nobody is to write over it.
 */
export const JUNIT_PY = String.raw`import os, re, shutil, signal
from xml.sax.saxutils import escape, quoteattr

TAGS = {'fail': 'failure', 'error': 'error', 'skip': 'skipped'}
ODD = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')

def clean(text):
    return ODD.sub('?', str(text))

def parent_of(process):
    """0 for one that has ended."""
    try:
        with open('/proc/%d/stat' % process) as file:
            state, parent = file.read().rpartition(')')[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == 'Z' else int(parent)

def end_others():
    """All processes but the container's first, this one and those that it was started by. Nowhere but in a container of ours."""
    if not os.path.isdir('/testbed') or not os.path.isdir('/opt/envmint'):
        return
    kept, process = {1}, os.getpid()
    while process > 0:
        kept.add(process)
        process = parent_of(process)
    for _ in range(100):
        others = [int(name) for name in os.listdir('/proc') if name.isdigit() and int(name) not in kept and parent_of(int(name)) > 0]
        for other in others:
            try:
                os.kill(other, signal.SIGKILL)
            except OSError:
                pass
        if not others:
            return

def empty(folder):
    end_others()
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)

def write(path, suite, cases):
    with open(path + '.part', 'w', encoding='utf-8') as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name=%s tests="%d">\n' % (quoteattr(clean(suite)), len(cases)))
        for name, status, message, seconds in cases:
            time = '' if seconds is None else ' time="%.3f"' % seconds
            out.write('<testcase name=%s%s' % (quoteattr(clean(name)), time))
            if status == 'pass':
                out.write('/>\n')
            else:
                text = clean(message)[-8000:]
                first = (text.strip().split('\n') or [''])[0][:500]
                out.write('><%s message=%s>%s</%s></testcase>\n' % (TAGS[status], quoteattr(first), escape(text), TAGS[status]))
        out.write('</testsuite>\n</testsuites>\n')
    os.replace(path + '.part', path)
`;
