import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Candidate } from '../../src/domain/candidate.ts';

it('runs the example of docs/mine.md', async () => {
  const root = await mkdtemp(join(tmpdir(), 'envmint-example-'));
  const program = join(root, 'envmint');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${resolve('src/cli/main.ts')}" "$@"\n`);
  await chmod(program, 0o755);
  const script = (await readFile('docs/mine.md', 'utf8')).match(/```sh\n([\s\S]*?)```/)?.[1] ?? '';
  const env = { ...process.env, PATH: `${root}${delimiter}${process.env.PATH}` };

  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root, env });
  await rm(root, { recursive: true });

  const [json] = stdout.split('\n').filter((line) => line.startsWith('{'));
  expect(Candidate.parse(JSON.parse(json ?? '')).id).toBe('octo-org__tool-2');
});
