import Docker from 'dockerode';
import { describe } from 'vitest';
import { describeContainerRuntime } from '../contract/container-runtime.ts';
import { hasEngine, openEngine } from './engine.ts';

describe.skipIf(!(await hasEngine()))('on the engine', () => {
  describeContainerRuntime('Docker', async () => {
    const engine = await openEngine();
    return { ...engine, buildOn, left: async () => (await engine.containers()).length };
  });
});

async function buildOn(image: string, name: string): Promise<string> {
  const container = await new Docker().createContainer({ Image: image, Cmd: ['true'] });
  const [repo, tag] = name.split(':');
  const { Id } = (await container.commit({ repo, tag })) as { readonly Id: string };
  await container.remove();
  return Id;
}
