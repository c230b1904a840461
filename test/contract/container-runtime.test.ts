import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { toFile } from '../fakes/container-files.ts';
import { createFakeRuntime, type FakeAnswer, type FakeCommand } from '../fakes/container-runtime.ts';
import { describeContainerRuntime, scripts } from './container-runtime.ts';

const answers: Readonly<Record<string, (command: FakeCommand) => FakeAnswer | Promise<FakeAnswer>>> = {
  [scripts.say]: ({ env, folder, args }) => ({ output: `${env.WORD} in ${folder}: ${args.join(' ')}\n`, exitCode: 3 }),
  [scripts.hang]: () => new Promise(() => undefined),
  [scripts.shout]: () => ({ output: '0123456789\n' }),
  [scripts.write]({ files }) {
    files.set('/testbed/file', toFile('kept\n'));
    return {};
  },
  [scripts.read]: ({ files, env }) => ({ output: `${files.get('/testbed/file')?.content}${env.COLOR}\n` }),
};

describeContainerRuntime('the fake', async () => {
  const runtime = createFakeRuntime({ run: (command) => answers[command.script]?.(command) ?? { exitCode: 127 } });
  const tar = pack();
  tar.entry({ name: 'etc/hostname' }, 'base');
  tar.finalize();
  const base = await runtime.importImage(Readable.from(tar), { labels: {} }, new AbortController().signal);
  return {
    runtime,
    base,
    buildOn: async (image, name) => runtime.buildOn(image, name),
    left: async () => runtime.running(),
    [Symbol.asyncDispose]: async () => undefined,
  };
});
