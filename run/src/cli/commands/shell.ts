import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { errorCode, MissingError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { openEngine } from '../software/engine.ts';
import { findInstance } from '../software/find-instance.ts';
import { addContainerOptions, type ContainerOptions, toLimits } from '../software/options.ts';

const examples = `
Examples:
  $ envmint shell runs/proven/items/octo-org__tool-12      look around in /testbed; nothing of it stays`;

export function addShell(program: Command, deps: CliDeps): void {
  const command = program
    .command('shell')
    .description('open a container of an instance, as an agent would find it')
    .argument('<instance>', 'folder or file of an instance');
  addContainerOptions(command)
    .addHelpText('after', examples)
    .action((place: string, options: ContainerOptions) => shell(place, options, deps));
}

/** The terminal is the docker program's: a shell by the engine's API would have to raise and restore it on its own. */
async function shell(place: string, options: ContainerOptions, deps: CliDeps): Promise<void> {
  const { build } = await findInstance(place);
  const runtime = await openEngine('shell', deps);
  const { env } = build.recipe;
  await using container = await runtime.start(
    { image: build.image, network: 'none', limits: toLimits(options), labels: {}, env, privileges: 'test' },
    deps.signal,
  );
  const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const args = ['exec', '--interactive', '--tty', '--workdir', '/testbed', ...variables, container.id, 'bash'];
  await new Promise<void>((done, failed) => {
    const child = spawn('docker', args, { stdio: 'inherit', signal: deps.signal });
    const missing = () => new MissingError('envmint shell needs the docker program: apt-get install docker.io');
    child.on('error', (error) => failed(errorCode(error) === 'ENOENT' ? missing() : error));
    child.on('close', () => done());
  });
}
