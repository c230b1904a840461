/**
 * Python that ends with 1 where no server answers from which Composer would take packages: the first archive of the lock file, or else its repository. Composer
 * itself tries every package of a lock file in several ways first, which takes minutes, and its words are those of a network that may be back soon. Other
 * trouble, as with certificates or a proxy, is left to Composer to tell.
 */
export const REACH_PY = `import json, socket, subprocess, sys, time, urllib.error, urllib.request

def address():
    try:
        with open('composer.lock') as file:
            lock = json.load(file)
        packages = lock.get('packages', []) + lock.get('packages-dev', [])
    except (OSError, ValueError):
        return subprocess.run(['composer', 'config', 'repositories.packagist.org.url'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode().strip()
    return next((url for url in [(package.get('dist') or {}).get('url') or '' for package in packages] if url), '')

def answers(url):
    try:
        urllib.request.urlopen(urllib.request.Request(url, method='HEAD'), timeout=30)
    except urllib.error.URLError as error:
        return not isinstance(error.reason, (socket.gaierror, socket.timeout, ConnectionRefusedError))
    except OSError:
        return False
    return True

url = address()
for wait in (0, 1, 2):
    time.sleep(wait)
    if not url.startswith('http') or answers(url):
        sys.exit(0)
print('no server of packages for Composer answers here')
sys.exit(1)
`;
