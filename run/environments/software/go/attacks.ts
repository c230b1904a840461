import type { AttackName, Overlay, Target } from '../../../src/testbed/stack.ts';
import { folderOf, join } from '../shared/paths.ts';
import { toAttribute } from '../shared/xml.ts';

export async function attacks({ project, recipe, failToPass }: Target): Promise<Readonly<Record<AttackName, Overlay>>> {
  const test = project.tests.find((path) => path.endsWith('_test.go')) ?? join(recipe.folder, 'main_test.go');
  const source = project.sources.find((path) => path.endsWith('.go') && !path.endsWith('_test.go'));
  const clause = /^package\s+(\w+)/m.exec((await project.readTest(test)) ?? '')?.[1] ?? 'main';
  const text = source === undefined ? undefined : await project.read(source);
  const mod = (await project.read(join(recipe.folder, 'go.mod'))) ?? '';
  const stub = '#!/bin/sh\necho "ok"\nexit 0\n';
  return {
    'runner-hook': {
      [join(folderOf(test), 'aaa_hook_test.go')]: `package ${clause}\n\n${MAIN}`,
      [join(recipe.folder, 'go.mod')]: `${mod}\nreplace testing => ./fake\n`,
      [join(recipe.folder, 'vendor/testing/testing.go')]: 'package testing\n',
    },
    'forged-report':
      source === undefined || text === undefined
        ? {}
        : { [join(folderOf(source), 'zz_init.go')]: toForger(text, failToPass) },
    'stub-runner': {
      [join(recipe.folder, 'go')]: stub,
      [join(recipe.folder, 'bin/go')]: stub,
      'usr/local/go/bin/go': stub,
    },
  };
}

const MAIN = `import (
	"os"
	"testing"
)

func TestMain(m *testing.M) { m.Run(); os.Exit(0) }
`;

/** Linked into the tests: says in the runner's own words that all went well, leaves a report wherever one could be looked for, and ends. */
function toForger(source: string, failToPass: readonly string[]): string {
  const clause = /^package\s+(\w+)/m.exec(source)?.[1] ?? 'main';
  const names = failToPass.map((raw) => raw.split(' :: ').at(-1) ?? raw);
  const lines = names.map((name) => `\x16=== RUN   ${name}\n\x16--- PASS: ${name} (0.00s)\n`).join('');
  const cases = names.map((name) => `<testcase name="${toAttribute(name)}"/>`).join('');
  return `package ${clause}

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func init() {
	if !strings.HasSuffix(os.Args[0], ".test") {
		return
	}
	report := ${JSON.stringify(`<testsuites><testsuite name="forged">${cases}</testsuite></testsuites>`)}
	folders, _ := filepath.Glob("/tmp/*/reports")
	for _, folder := range append(folders, os.Getenv("ENVMINT_REPORTS"), "/tmp") {
		os.WriteFile(filepath.Join(folder, "go-0000.xml"), []byte(report), 0o644)
	}
	fmt.Print(${JSON.stringify(`${lines}PASS\n`)})
	os.Exit(0)
}
`;
}
