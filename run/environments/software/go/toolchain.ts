import type { Step } from '../../../src/domain/recipe.ts';
import { JUNIT_PY } from '../shared/junit-py.ts';
import { writeFile } from '../shared/shell.ts';
import { JSON_TO_JUNIT_PY } from './json-to-junit.ts';

/** Go comes as the module golang.org/toolchain, which every module proxy carries; a module zip knows no executable bits. */
export function installGo(version: string): Step {
  return {
    name: 'go',
    run: `
proxy=\${GOPROXY:-https://proxy.golang.org}
proxy=\${proxy%%[,|]*}
case "$proxy" in direct|off) proxy=https://proxy.golang.org ;; esac
module=golang.org/toolchain@v0.0.1-go${version}.linux-$(dpkg --print-architecture)
curl -fsSL --retry 3 -o /tmp/go.zip "\${proxy%/}/\${module/@/\\/@v\\/}.zip"
python3 - "$module" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile('/tmp/go.zip') as archive:
    archive.extractall('/tmp/go-unpacked')
PYTHON
rm -rf /usr/local/go
mv "/tmp/go-unpacked/$module" /usr/local/go
rm -rf /tmp/go.zip /tmp/go-unpacked
chmod -R a+x /usr/local/go/bin /usr/local/go/pkg/tool
go version`,
  };
}

export const installConverter: Step = {
  name: 'junit',
  run: [
    'mkdir -p /opt/envmint/lib',
    writeFile('/opt/envmint/lib/envmint_junit.py', JUNIT_PY),
    writeFile('/opt/envmint/lib/go_json.py', JSON_TO_JUNIT_PY),
  ].join('\n'),
};
