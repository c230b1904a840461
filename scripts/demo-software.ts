import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeFixtureDump } from './software-fixtures.ts';

const out = join('runs', 'demo-software');
const dump = join(out, 'dump');
const id = 'envmint-fixtures__python-pytest-14';
const instance = join(out, 'proven', 'items', id);
const places = ['--out', out, '--cache', join(out, 'cache')];
/** Where the machine trusts a certificate of its own, as behind a proxy, build steps have to trust it too. */
const bundle = process.env.NODE_EXTRA_CA_CERTS ?? process.env.SSL_CERT_FILE;
const trust = bundle ? ['--ca-bundle', bundle] : [];

const steps: readonly (readonly [string, readonly string[]])[] = [
  ['1. A candidate, mined from a repository', ['mine', '--dump', dump, '--run-id', 'mined', ...places]],
  [
    '2. Its image, built offline but for packages',
    ['build', join(out, 'mined'), '--dump', dump, '--run-id', 'images', ...places, ...trust],
  ],
  [
    '3. Proof: fails before, passes after, and nothing else passes',
    ['validate', join(out, 'images'), '--dump', dump, '--run-id', 'proven', ...places],
  ],
  ['4. The gold patch, graded as an answer', ['grade', instance, '--gold']],
  ['5. An empty patch', ['grade', instance, '--empty']],
];

process.exitCode = await main();

async function main(): Promise<number> {
  const engine = spawnSync('bash', ['scripts/start-engine.sh'], { stdio: 'inherit' });
  if (engine.status !== 0) return engine.status ?? 1;
  await makeFixtureDump(join('fixtures', 'software'), dump, ['python-pytest']);
  for (const [title, args] of steps) {
    process.stdout.write(`\n${title}\n$ npx envmint ${args.join(' ')}\n`);
    const code = await run(args);
    if (code !== 0) return code;
  }
  process.stdout.write(
    `\nThe instance is ${join(instance, 'instance.json')}; look around in it: npx envmint shell ${instance}\n`,
  );
  return 0;
}

/** The command line itself, as a user would run it. Resolves to its exit code. */
function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['bin/envmint.mjs', ...args], { stdio: 'inherit' });
  // A Ctrl-C of the terminal reaches the child as well, which cleans up.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
}
