import { quote } from '../shared/shell.ts';

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

export interface Watched {
  /** Of the test that the command as a whole is. */
  readonly name: string;
  readonly command: string;
  /** A command that succeeds where this one need not run. */
  readonly unless?: string;
}

/** Bash that runs commands under watch, one after the other, and writes JUnit from their log, from .trs files and from what the launcher saw. */
export function watchMake(first: Watched, further: readonly Watched[] = []): string {
  return `
log=$(mktemp) stamp=$(mktemp) results=$(mktemp -d) notes=$(mktemp -u)
code=0
${first.command} > "$log" 2>&1 || code=$?
ended=(${quote(first.name)} "$code")
${further.map(alsoRun).join('')}tail -n 60 "$log"
python3 -I /opt/envmint/lib/native_make.py "$reports" "$log" "$PWD" "$stamp" "$results" "$notes" "\${ended[@]}"
exit "$code"`;
}

function alsoRun({ name, command, unless = 'false' }: Watched): string {
  return `if ! ${unless}; then
  one=0
  ${command} >> "$log" 2>&1 || one=$?
  ended+=(${quote(name)} "$one")
  if [ "$code" = 0 ]; then code=$one; fi
fi
`;
}
