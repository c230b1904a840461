import { quoteAll, TAKE_REPORTS } from '../shared/shell.ts';

/** A class of the module's own tests, the smallest three: whatever they say, they bring the runner's own dependencies along. */
export const SAMPLE_TESTS = `sample() {
  local root
  for root in "$@"; do
    [ -d "$root/src/test" ] || continue
    find "$root/src/test" -name '*Test.java' -type f -print0 | xargs -0 -r grep -LE 'abstract class' -- \\
      | tr '\\n' '\\0' | xargs -0 -r ls -S -r -- | sed -n -E '1,3{s|.*/||; s|\\.java$||; p}' || test $? -le 123
  done
}`;

/** Lines in which Surefire and Gradle say that a class has failed. */
const TOLD = '<<< (FAILURE|ERROR)! --? in [A-Za-z_][A-Za-z0-9_.$]*$|^[A-Za-z_][A-Za-z0-9_.$]* > .* FAILED$';

/** Lines in which they say that the process of the tests ended before it was done: what it had not run yet is in no report. */
const DIED =
  'The forked VM terminated without|There was an error in the forked process|Gradle Test Executor [0-9]+. finished with non-zero exit value';

/** Lines in which Maven and Gradle say that a module did not compile, so that its tests and those of modules that stand on it are in no report. */
const UNBUILT = 'Failed to execute goal [^ ]*:(test-?)?[Cc]ompile |Execution failed for task .[^ ]*:compile[A-Za-z]*';

/** Runs the tool, and keeps what it says of failures: a process of the tests can add to that, and can take nothing away. */
export function listen(command: string): string {
  return `told=$({ ${command}; } 2>&1 | tee >(cat >&2) | { grep -aoE '${TOLD}|${DIED}|${UNBUILT}' || true; }) || code=$?`;
}

/**
 * Takes the tool's reports into the folder of ours. They must fail where the tool has said so: else somebody has written over them. The exit
 * code is made from them, because the tool was kept from giving one. Where the process of the tests died, a report that breaks off says so; where
 * only some modules compiled, a test "(build)".
 */
export function collect(pattern: string): string {
  return `
count=0
while IFS= read -r -d '' file; do
  count=$((count + 1))
  cp -- "$file" "$reports/$count-\${file##*/}"
done < <(find . -path '${pattern}' -type f -print0 | sort -z)
if grep -qE '${DIED}' <<< "$told"; then
  echo '<testsuites><testsuite name="the process of the tests died">' > "$reports/died.xml"
fi
if [ "$count" -gt 0 ] && grep -qE '${UNBUILT}' <<< "$told"; then
  echo '<testsuites><testsuite name="build"><testcase name="(build)"><error message="a module did not compile"/></testcase></testsuite></testsuites>' > "$reports/build.xml"
fi
failed=$(sed -E '/${DIED}|${UNBUILT}/d; s/.* in //; s/ > .*//; s/[$].*//; s/.*[.]//' <<< "$told" | sort -u)
for class in $failed; do
  grep -qsE '<(failure|error)[ />]' "$reports"/*"$class"*.xml ||
    echo "the log tells of failures in $class, the reports do not" > "$reports/differs.xml"
done
if [ "$code" -eq 0 ] && [ "$count" -gt 0 ] && grep -qE '<(failure|error)[ />]' "$reports"/*.xml; then code=1; fi
exit "$code"`;
}

/** Starts a test script: reports are for us alone, and those of earlier runs are gone. */
export function prepare(pattern: string): string {
  return `${TAKE_REPORTS}
find . -path '${pattern}' -type f -delete
code=0`;
}

/** "A,B" of the classes and of the canaries in "$@", for bash. */
export function joinClasses(classes: readonly string[]): string {
  return `classes=$(printf '%s\\n' ${quoteAll(classes)} "$@" | paste -sd, -)`;
}

/** Runs `script` on a copy of the tree, so that nothing that it builds stays in a layer that other commits share. */
export function onCopy(script: string): string {
  return `copy=$(mktemp -d)
cp -a . "$copy/tree"
cd "$copy/tree"
${script}
cd /
rm -rf "$copy"`;
}
