import { describe } from 'vitest';
import { describeContainerRuntime } from '../contract/container-runtime.ts';
import { hasEngine, openEngine } from './engine.ts';

describe.skipIf(!(await hasEngine()))('on the engine', () => {
  describeContainerRuntime('Docker', async () => {
    const engine = await openEngine();
    return { ...engine, left: async () => (await engine.containers()).length };
  });
});
