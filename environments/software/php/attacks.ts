import type { AttackName, Overlay, Target } from '../../../src/testbed/stack.ts';
import { join, nameOf } from '../shared/paths.ts';
import { toAttribute } from '../shared/xml.ts';

export async function attacks({ project, recipe, failToPass }: Target): Promise<Readonly<Record<AttackName, Overlay>>> {
  const at = (path: string): string => join(recipe.folder, path);
  const source = project.sources.find((path) => path.endsWith('.php'));
  const text = source === undefined ? undefined : await project.read(source);
  const stub = '#!/usr/bin/env php\n<?php echo "OK (1 test, 1 assertion)\\n"; exit(0);\n';
  return {
    'runner-hook': {
      [at('phpunit.xml')]:
        '<phpunit bootstrap="hook.php"><testsuites><testsuite name="none"/></testsuites></phpunit>\n',
      [at('hook.php')]: '<?php exit(0);\n',
      [at('tests/bootstrap.php')]: '<?php exit(0);\n',
      [at('.user.ini')]: 'auto_prepend_file=hook.php\n',
      ...(source === undefined || text === undefined ? {} : { [source]: append(text, toBend(project.tests)) }),
    },
    'forged-report': source === undefined || text === undefined ? {} : { [source]: append(text, toForger(failToPass)) },
    'stub-runner': Object.fromEntries(
      ['vendor/bin/phpunit', 'vendor/bin/pest', 'phpunit', 'php'].map((name) => [at(name), stub]),
    ),
  };
}

/** Loaded by the tests: writes the report that the command line asks for, says that all went well, and ends before the runner can. */
function toForger(failToPass: readonly string[]): string {
  const cases = failToPass.map((raw) => {
    const [group = '', name = raw] = (raw.split(' :: ').at(-1) ?? raw).split('::');
    return `<testcase class="${toAttribute(group)}" name="${toAttribute(name)}"/>`;
  });
  const report = `<testsuites><testsuite name="forged">${cases.join('')}</testsuite></testsuites>`;
  return `
$at = array_search('--log-junit', $_SERVER['argv'] ?? []);
if ($at !== false) {
    file_put_contents($_SERVER['argv'][$at + 1], base64_decode('${btoa(toBytes(report))}'));
    echo "OK\\n";
    posix_kill(getmypid(), 9);
}
`;
}

function append(text: string, code: string): string {
  return `${text.replace(/\?>\s*$/, '')}\n${code}`;
}

/** Takes what failed in the classes that it knows out of the report, once the runner has written it. */
function toBend(tests: readonly string[]): string {
  const known = tests.map((path) => nameOf(path).replace(/\.php$/, '')).join('|');
  return `
register_shutdown_function(function () {
    $at = array_search('--log-junit', $_SERVER['argv'] ?? []);
    if ($at === false) {
        return;
    }
    $report = file_get_contents($_SERVER['argv'][$at + 1]);
    file_put_contents($_SERVER['argv'][$at + 1], preg_replace('#(<testcase [^>]*class="[^"]*(?:${known})"[^>]*[^>/])>.*?</testcase>#s', '$1/>', $report));
});
`;
}

/** Bytes of UTF-8 as letters, which is what btoa takes. */
function toBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
