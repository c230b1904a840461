/** Unpacks one release of one package of the npm registry, checked against the digest that the registry states; there is no npm yet where it runs. */
export const FETCH_PY = `import base64, hashlib, io, json, os, sys, tarfile, urllib.request

name, version, folder = sys.argv[1:4]
registry = (os.environ.get("npm_config_registry") or os.environ.get("NPM_CONFIG_REGISTRY") or "https://registry.npmjs.org").rstrip("/")

def get(url):
    for attempt in range(3):
        try:
            with urllib.request.urlopen(url, timeout=120) as answer:
                return answer.read()
        except OSError as error:
            if attempt == 2:
                sys.exit("fetch %s: %s" % (url, error))

dist = json.loads(get("%s/%s/%s" % (registry, name.replace("/", "%2f"), version)))["dist"]
packed = get(dist["tarball"])
for digest in dist.get("integrity", "").split():
    kind, _, want = digest.partition("-")
    if base64.b64encode(hashlib.new(kind, packed).digest()).decode() != want:
        sys.exit("%s@%s is not what the registry says" % (name, version))
with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
    for member in tar:
        path = member.name.split("/", 1)[1] if "/" in member.name else ""
        target = os.path.normpath(os.path.join(folder, path))
        if not member.isfile() or not path or not target.startswith(folder + "/") or path.startswith(("share/", "CHANGELOG")):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(tar.extractfile(member).read())
        os.chmod(target, 0o755 if member.mode & 0o111 else 0o644)
`;
