/** Bash that builds by `command`, and reports a build that fails as one test, "(build)". */
export function buildOrReport(command: string): string {
  return `
log=$(mktemp)
code=0
{ ${command} ; } > "$log" 2>&1 || code=$?
tail -n 40 "$log"
if [ "$code" != 0 ]; then
  python3 -I - "$reports" "$log" <<'PYTHON'
import sys
sys.path.insert(0, '/opt/envmint/lib')
import envmint_junit as junit
text = open(sys.argv[2], errors='replace').read()
errors = [line for line in text.split('\\n') if 'rror' in line]
junit.empty(sys.argv[1])
junit.write(sys.argv[1] + '/build.xml', 'build', [('(build)', 'error', '\\n'.join(errors[:3] + [text[-6000:]]), None)])
PYTHON
  exit "$code"
fi`;
}

/** Bash that runs `command` under watch, and writes JUnit from its log, from .trs files and from what the launcher saw. */
export function watchMake(name: string, command: string): string {
  return `
log=$(mktemp) stamp=$(mktemp) results=$(mktemp -d) notes=$(mktemp -u)
code=0
${command} > "$log" 2>&1 || code=$?
tail -n 60 "$log"
python3 -I /opt/envmint/lib/native_make.py "$reports" "$log" "$code" '${name}' "$PWD" "$stamp" "$results" "$notes"
exit "$code"`;
}
