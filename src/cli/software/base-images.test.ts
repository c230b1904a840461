import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { createFakeRuntime } from '../../../test/fakes/container-runtime.ts';
import { BoundaryError } from '../../domain/boundary.ts';
import type { Bootstrap } from '../../ports/base-images.ts';
import { MissingError } from '../../util/errors.ts';
import { type BaseImageNeeds, createBaseImages } from './base-images.ts';

const { signal } = new AbortController();

interface World {
  readonly registry?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly missing?: string;
}

/** Base images in a world, with what was said and how often a system was bootstrapped. */
function toWorld({ registry = {}, missing }: World, over: Partial<BaseImageNeeds> = {}) {
  const runtime = createFakeRuntime({ run: () => ({}), registry });
  const said: string[] = [];
  let made = 0;
  let open = 0;
  const bootstrap: Bootstrap = {
    missing: async () => missing,
    async make() {
      made += 1;
      open += 1;
      const tar = pack();
      tar.entry({ name: 'etc/debian_version' }, '12');
      tar.finalize();
      return {
        tar: () => Readable.from(tar),
        async [Symbol.asyncDispose]() {
          open -= 1;
        },
      };
    },
  };
  const say = (line: string) => void said.push(line);
  const bases = createBaseImages({ runtime, bootstrap, given: {}, from: 'auto', say, ...over });
  return { bases, runtime, said, bootstrapped: () => made, open: () => open };
}

const slim = { 'debian:bookworm-slim': { '/etc/debian_version': '12' } };

describe('createBaseImages', () => {
  it('pulls the suite where a registry has it', async () => {
    const { bases, runtime, bootstrapped } = toWorld({ registry: slim });

    const image = await bases.ensure('bookworm', signal);

    expect(await runtime.image('debian:bookworm-slim', signal)).toEqual(image);
    expect(bootstrapped()).toBe(0);
  });

  it('takes no image for a suite that was built on one and has its labels', async () => {
    const { bases, runtime } = toWorld({});
    const suite = await bases.ensure('bookworm', signal);
    const tar = pack();
    tar.finalize();
    const labels = { 'envmint.kind': 'suite', 'envmint.suite': 'bookworm' };
    await runtime.importImage(Readable.from(tar), { name: 'somebody/tool:latest', labels }, signal);
    const { bases: later } = toWorld({}, { runtime });

    expect(await later.ensure('bookworm', signal)).toEqual(suite);
  });

  it('bootstraps it where none is in reach, and says why', async () => {
    const { bases, said, open } = toWorld({});

    const image = await bases.ensure('bookworm', signal);

    expect(image.labels).toMatchObject({ 'envmint.kind': 'suite', 'envmint.suite': 'bookworm' });
    expect(said.join('\n')).toContain('pull image debian:bookworm-slim');
    expect(open()).toBe(0);
  });

  it('makes a suite once, whoever asks and whenever', async () => {
    const world = toWorld({}, { from: 'bootstrap' });

    const [first, second] = await Promise.all([1, 2].map(() => world.bases.ensure('trixie', signal)));
    const later = createBaseImages({
      runtime: world.runtime,
      bootstrap: { missing: async () => 'not here', make: () => Promise.reject(new Error('no')) },
      given: {},
      from: 'auto',
      say: () => undefined,
    });

    expect(second).toBe(first);
    expect(await later.ensure('trixie', signal)).toEqual(first);
    expect(world.bootstrapped()).toBe(1);
  });

  it('takes the image that the user names, and asks for no other', async () => {
    const registry = { 'registry.example/base:1': { '/a': 'b' } };
    const { bases, bootstrapped } = toWorld({ registry }, { given: { bookworm: 'registry.example/base:1' } });

    const image = await bases.ensure('bookworm', signal);

    expect(await bases.ensure('bookworm', signal)).toEqual(image);
    await expect(toWorld({}, { given: { bookworm: 'none' } }).bases.ensure('bookworm', signal)).rejects.toThrow(
      BoundaryError,
    );
    expect(bootstrapped()).toBe(0);
  });

  it('says what is missing where neither way leads to one', async () => {
    const { bases } = toWorld({ missing: 'there is no debootstrap: apt-get install debootstrap' });

    const asked = bases.ensure('bullseye', signal);

    await expect(asked).rejects.toThrow(MissingError);
    await expect(asked).rejects.toThrow(/apt-get install debootstrap.*--base bullseye=/);
  });

  it('tries again what failed', async () => {
    let isDown = true;
    const world = toWorld({}, { from: 'bootstrap' });
    const make = world.runtime.importImage;
    const runtime = {
      ...world.runtime,
      importImage: (...args: Parameters<typeof make>) =>
        isDown ? Promise.reject(new BoundaryError('container', 'down')) : make(...args),
    };
    const bases = toWorld({}, { from: 'bootstrap', runtime }).bases;

    await expect(bases.ensure('bookworm', signal)).rejects.toThrow('down');
    isDown = false;

    expect(await bases.ensure('bookworm', signal)).toMatchObject({ labels: { 'envmint.suite': 'bookworm' } });
  });
});
