import type { WorldStore } from '../../ports/world-store.ts';
import { encodeWorld } from './encode-world.ts';
import { openWorld } from './open-world.ts';

export { judgeApart } from './judge-apart.ts';
export { copyWorld, openWorld, worldHash } from './open-world.ts';
export { submitSchema, toolSchema } from './tool-schema.ts';
export { createToolbox } from './toolbox.ts';
export { createVerifier, loadVerifier } from './verifier.ts';
export { encodeWorld };

export function createWorldStore(): WorldStore {
  return { encode: encodeWorld, open: openWorld };
}
