import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoundaryError } from '../../src/domain/boundary.ts';
import type {
  Container,
  ContainerOptions,
  ContainerRuntime,
  ExecOptions,
  Image,
} from '../../src/ports/container-runtime.ts';

/** An engine with one image to start from. */
export interface RuntimePlace extends AsyncDisposable {
  readonly runtime: ContainerRuntime;
  readonly base: Image;
  /** What somebody makes with a Dockerfile that starts from an image; gives its id. */
  buildOn(image: string, name: string): Promise<string>;
  /** Containers of ours that are there. */
  left(): Promise<number>;
}

/** Every command of the suite, so that an engine without processes can know them. */
export const scripts = {
  say: 'echo "$WORD in $PWD: $*"; exit 3',
  hang: 'echo before; sleep 60',
  shout: 'echo 0123456789',
  write: 'mkdir -p /testbed && echo kept > /testbed/file',
  read: 'cat /testbed/file; echo $COLOR',
} as const;

const limits = { cpus: 1, memoryBytes: 256 * 2 ** 20, processes: 100, diskBytes: 100 * 2 ** 20 };
const signal = new AbortController().signal;

export function toOptions(over: Partial<ContainerOptions> & { readonly image: string }): ContainerOptions {
  return { network: 'none', limits, labels: {}, env: {}, privileges: 'test', ...over };
}

export function toCommand(script: string, over: Partial<ExecOptions> = {}): ExecOptions {
  return { script, folder: '/', timeoutMs: 30_000, outputBytes: 1e6, ...over };
}

/** What every engine promises, run on the fake and on the real one. */
export function describeContainerRuntime(name: string, createPlace: () => Promise<RuntimePlace>): void {
  describe(`${name} as a container runtime`, () => {
    let place: RuntimePlace;
    beforeAll(async () => {
      place = await createPlace();
    });
    afterEach(async () => expect(await place.left()).toBe(0));
    afterAll(() => place[Symbol.asyncDispose]());
    const start = (over: Partial<ContainerOptions> = {}) =>
      place.runtime.start(toOptions({ image: place.base.id, ...over }), signal);

    it('says what engine it is', async () => {
      const engine = await place.runtime.engine(signal);

      expect(engine.platform).toMatch(/^linux\//);
      expect(engine.cpus).toBeGreaterThan(0);
      expect(engine.memoryBytes).toBeGreaterThan(2 ** 20);
    });

    it('gives exit code and output of a command, which sees its arguments, its folder and both environments', async () => {
      await using container = await start({ env: { WORD: 'container' } });
      const chunks: Uint8Array[] = [];
      const log = { write: (chunk: Uint8Array) => void chunks.push(chunk) };
      const command = toCommand(scripts.say, { args: ['a b', 'c'], folder: '/usr', log });

      const first = await container.exec(command, signal);
      const second = await container.exec({ ...command, env: { WORD: 'command' } }, signal);

      expect(first).toMatchObject({ end: 'exited', exitCode: 3, tail: 'container in /usr: a b c\n' });
      expect(second.tail).toBe('command in /usr: a b c\n');
      expect(Buffer.concat(chunks).toString()).toBe(first.tail + second.tail);
    });

    it('ends a command at its time limit, and the container with it', async () => {
      await using container = await start();

      const result = await container.exec(toCommand(scripts.hang, { timeoutMs: 1000 }), signal);

      expect(result).toMatchObject({ end: 'timed-out', exitCode: null });
      await expect(container.exec(toCommand(scripts.shout), signal)).rejects.toThrow(BoundaryError);
    });

    it('ends a command that says more than it may, and keeps what it may', async () => {
      await using container = await start();
      const chunks: Uint8Array[] = [];
      const log = { write: (chunk: Uint8Array) => void chunks.push(chunk) };

      const result = await container.exec(toCommand(scripts.shout, { outputBytes: 4, log }), signal);

      expect(result).toMatchObject({ end: 'output-limit', exitCode: null, tail: '0123' });
      expect(Buffer.concat(chunks).toString()).toBe('0123');
    });

    it('rejects with the reason of an abort, and can be disposed afterwards', async () => {
      await using container = await start();
      const interrupt = new AbortController();
      const running = container.exec(toCommand(scripts.hang), interrupt.signal);
      setTimeout(() => interrupt.abort(), 300);

      await expect(running).rejects.toBe(await reasonOf(interrupt.signal));
    });

    it('starts nothing once it is aborted', async () => {
      const reason = new Error('enough');

      const starting = place.runtime.start(toOptions({ image: place.base.id }), AbortSignal.abort(reason));

      await expect(starting).rejects.toBe(reason);
    });

    it('fails at the boundary for an image that is not there', async () => {
      const starting = place.runtime.start(toOptions({ image: 'envmint-none:none' }), signal);

      await expect(starting).rejects.toMatchObject({ boundary: 'container', retryable: false });
      expect(await place.runtime.image('envmint-none:none', signal)).toBeUndefined();
    });

    it('gives back the files that were laid into a container', async () => {
      await using container = await start();
      const tar = pack();
      tar.entry({ name: 'folder/one.txt' }, 'first');
      tar.entry({ name: 'folder/run.sh', mode: 0o755 }, 'second');
      tar.finalize();

      await container.upload(await buffer(tar), '/usr', signal);

      expect(await download(container, '/usr/folder')).toEqual({
        'folder/one.txt': ['first', 0o644],
        'folder/run.sh': ['second', 0o755],
      });
      expect(await download(container, '/usr/folder/one.txt')).toEqual({ 'one.txt': ['first', 0o644] });
      expect(await container.download('/usr/none', 1e6, signal)).toBeUndefined();
    });

    it('stops giving files where they are larger than allowed', async () => {
      await using container = await start();
      const tar = pack();
      tar.entry({ name: 'large' }, 'x'.repeat(100_000));
      tar.finalize();
      await container.upload(await buffer(tar), '/usr', signal);

      const stream = await container.download('/usr/large', 50_000, signal);

      await expect(stream && text(stream)).rejects.toThrow(BoundaryError);
    });

    it('makes an image of a container: its files, the labels, the environment, and nothing else of it', async () => {
      await using before = await start({ env: { SECRET: 'x' }, labels: { 'envmint.kind': 'container' } });
      await before.exec(toCommand(scripts.write), signal);

      const image = await before.commit(
        {
          labels: { 'envmint.kind': 'made' },
          env: { COLOR: 'green' },
          folder: '/testbed',
          name: 'envmint-contract:made',
        },
        signal,
      );
      await using after = await start({ image: image.id });
      const { tail } = await after.exec(toCommand(scripts.read), signal);

      expect(tail).toBe('kept\ngreen\n');
      expect(image.labels).toMatchObject({ envmint: '1', 'envmint.kind': 'made' });
      expect(image.layers.slice(0, -1)).toEqual(place.base.layers);
      expect(await place.runtime.image('envmint-contract:made', signal)).toEqual(image);
      expect(await place.runtime.removeImage(image.id, signal)).toBe(false);
      await after[Symbol.asyncDispose]();
      expect(await place.runtime.removeImage(place.base.id, signal)).toBe(false);
      expect(await place.runtime.removeImage(image.id, signal)).toBe(true);
      expect(await place.runtime.removeImage(image.id, signal)).toBe(true);
    });

    it('finds images by all of their labels, newest first', async () => {
      await using container = await start();
      const made: Image[] = [];
      for (const round of ['one', 'two']) {
        await container.exec(toCommand(scripts.write), signal);
        const labels = { 'envmint.test': 'order', 'envmint.round': round };
        made.push(await container.commit({ labels, env: {}, folder: '/' }, signal));
      }

      const found = await place.runtime.images({ 'envmint.test': 'order' }, signal);
      const second = await place.runtime.images({ 'envmint.test': 'order', 'envmint.round': 'two' }, signal);

      expect(found.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
      expect(second.map(({ id }) => id)).toEqual([made[1]?.id]);
      for (const { id } of made) expect(await place.runtime.removeImage(id, signal)).toBe(true);
    });

    it('takes for ours what was made with our labels, and not what somebody builds on it', async () => {
      await using container = await start();
      const labels = { 'envmint.test': 'inherited' };
      const named = await container.commit({ labels, env: {}, folder: '/', name: 'envmint-contract:named' }, signal);
      await using above = await start({ image: named.id });
      const nameless = await above.commit({ labels, env: {}, folder: '/' }, signal);
      await above[Symbol.asyncDispose]();
      const foreign = await place.buildOn(named.id, 'somebody/tool:latest');

      const found = await place.runtime.images(labels, signal);

      expect(found.map(({ id }) => id)).toEqual([nameless.id, named.id]);
      expect(await place.runtime.removeImage(nameless.id, signal)).toBe(true);
      expect(await place.runtime.removeImage(named.id, signal)).toBe(false);
      expect(await place.runtime.image('envmint-contract:named', signal)).toEqual(named);
      for (const id of [foreign, named.id]) expect(await place.runtime.removeImage(id, signal)).toBe(true);
    });

    it('shows every layer as a tar', async () => {
      await using container = await start();
      await container.exec(toCommand(scripts.write), signal);
      const image = await container.commit({ labels: {}, env: {}, folder: '/' }, signal);

      const layers: string[][] = [];
      const ids: string[] = [];
      for await (const { tar, id } of place.runtime.layers(image.id, signal)) {
        layers.push(Object.keys(await unpack(tar)));
        ids.push(id());
      }

      expect(ids.sort()).toEqual([...image.layers].sort());
      expect(layers.flat()).toContain('testbed/file');
      expect(await place.runtime.removeImage(image.id, signal)).toBe(true);
    });

    it('gives the files that are not as the image has them', async () => {
      await using container = await start();
      const tar = pack();
      tar.entry({ name: 'one.txt' }, 'first');
      tar.entry({ name: 'folder/two.txt' }, 'second');
      tar.finalize();
      await container.upload(await buffer(tar), '/usr', signal);
      await container.exec(toCommand(scripts.write), signal);

      const files = await unpack(await container.changed(signal));

      const names = Object.keys(files).map((name) => name.replace(/^\.\//, ''));
      // The engine puts some of its own there.
      expect(names.filter((name) => /^(?:usr|testbed)\//.test(name)).sort()).toEqual([
        'testbed/file',
        'usr/folder/two.txt',
        'usr/one.txt',
      ]);
    });

    it('leaves what living runs have when it sweeps', async () => {
      await using container = await start();
      const image = await container.commit({ labels: {}, env: {}, folder: '/' }, signal);

      await place.runtime.sweep(signal);

      expect(await container.exec(toCommand(scripts.shout), signal)).toMatchObject({ exitCode: 0 });
      expect(await place.runtime.image(image.id, signal)).toEqual(image);
      expect(await place.runtime.removeImage(image.id, signal)).toBe(true);
    });
  });
}

function reasonOf(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
}

async function download(container: Container, path: string): Promise<Record<string, [string, number]>> {
  const tar = await container.download(path, 1e6, signal);
  return tar ? unpack(tar) : {};
}

/** Content and permissions of the files in a tar, by name. */
async function unpack(tar: AsyncIterable<Uint8Array>): Promise<Record<string, [string, number]>> {
  const archive = extract();
  const fed = pipeline(tar, archive);
  const files: Record<string, [string, number]> = {};
  for await (const entry of archive) {
    const content = await text(entry);
    if (entry.header.type === 'file') files[entry.header.name] = [content, (entry.header.mode ?? 0) & 0o777];
  }
  await fed;
  return files;
}
