import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { pipeline, Readable, Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoundaryError } from '../../src/domain/boundary.ts';
import type {
  Container,
  ContainerOptions,
  ContainerRuntime,
  ExecOptions,
  ExecResult,
  Image,
  Labels,
} from '../../src/ports/container-runtime.ts';
import { type FakeFile, type FakeFiles, toFile, toTar, untar } from './container-files.ts';

/** A command as its script sees it: `files` are the container's own, to be read and changed. */
export interface FakeCommand extends Required<Pick<ExecOptions, 'script' | 'args' | 'env' | 'folder' | 'timeoutMs'>> {
  readonly files: FakeFiles;
  readonly image: Image;
  readonly options: ContainerOptions;
}

export interface FakeAnswer {
  readonly output?: string;
  readonly exitCode?: number;
  readonly end?: ExecResult['end'];
}

export interface FakeRuntimeOptions {
  /** What commands do. One that never answers is stopped by its time limit, which is real time. */
  readonly run: (command: FakeCommand) => FakeAnswer | Promise<FakeAnswer>;
  /** Images that can be pulled: their files, by reference. */
  readonly registry?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface FakeRuntime extends ContainerRuntime {
  /** Every command that was run, in order. */
  readonly commands: FakeCommand[];
  /** What `docker build` does with a file that says "FROM image": it has the labels of what it is built on. */
  buildOn(image: string, name: string): string;
  /** How many containers are not disposed. */
  running(): number;
}

interface FakeImage extends Image {
  readonly files: FakeFiles;
  /** Undefined where it was made without a name. */
  readonly madeAs: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** What each layer adds or, with null, takes away. */
  readonly changes: readonly ReadonlyMap<string, FakeFile | null>[];
}

interface NewImage extends Pick<FakeImage, 'files' | 'labels' | 'env'> {
  readonly name?: string | undefined;
  /** Its name, unless it inherits the labels of another. */
  readonly madeAs?: string | undefined;
  readonly on?: FakeImage;
}

const ours = { envmint: '1', 'envmint.run': 'fake' };

/** Containers without processes: files in a map, commands answered by a function. */
export function createFakeRuntime({ run, registry = {} }: FakeRuntimeOptions): FakeRuntime {
  const images = new Map<string, FakeImage>();
  const names = new Map<string, string>();
  const inUse = new Map<string, string>();
  const commands: FakeCommand[] = [];
  let made = 0;

  return {
    commands,
    running: () => inUse.size,
    engine: async () => ({ version: '0-fake', platform: 'linux/amd64', cpus: 2, memoryBytes: 8 * 2 ** 30 }),
    images: async (labels) =>
      [...images.values()].filter((image) => carries(image, labels) && isOriginal(image)).reverse(),
    buildOn(reference, name) {
      const on = need(reference);
      return add({ ...on, name, madeAs: on.madeAs, on }).id;
    },
    image: async (reference) => find(reference),
    async pull(reference) {
      const files = registry[reference];
      if (files === undefined) throw new BoundaryError('container', `pull image ${reference}: there is none`);
      const laid = new Map(Object.entries(files).map(([path, text]) => [path, toFile(text)]));
      return find(reference) ?? add({ files: laid, labels: {}, env: {}, name: reference });
    },
    async importImage(tar, { name, labels }) {
      const files: FakeFiles = new Map();
      await untar(tar, '/', files);
      return add({ files, labels: { ...labels, ...ours }, env: {}, name });
    },
    async *layers(reference) {
      const { changes, layers } = need(reference);
      for (const [index, change] of changes.entries()) {
        yield { id: () => layers[index] ?? '', tar: toTar(asLayer(change), '/', '/') ?? Readable.from([]) };
      }
    },
    async removeImage(reference) {
      const image = find(reference);
      if (image === undefined) return true;
      const isBelow = [...images.values()].some((other) => other !== image && other.changes.includes(last(image)));
      if (isBelow || [...inUse.values()].includes(image.id)) return false;
      images.delete(image.id);
      for (const [name, id] of names) if (id === image.id) names.delete(name);
      return true;
    },
    async start(options, signal) {
      signal.throwIfAborted();
      const image = need(options.image);
      made += 1;
      const id = createHash('sha256').update(`container ${made}`).digest('hex');
      inUse.set(id, image.id);
      return open({ id, image, options });
    },
    sweep: async () => ({ containers: 0, images: 0 }),
  };

  function find(reference: string): FakeImage | undefined {
    return images.get(names.get(reference) ?? reference);
  }

  function isOriginal({ id, madeAs }: FakeImage): boolean {
    return madeAs === undefined || names.get(madeAs) === id;
  }

  function need(reference: string): FakeImage {
    const image = find(reference);
    if (image === undefined) throw new BoundaryError('container', `no such image: ${reference}`);
    return image;
  }

  function add(wanted: NewImage) {
    made += 1;
    const change = toChange(wanted.on?.files ?? new Map(), wanted.files);
    const image: FakeImage = {
      id: `sha256:${createHash('sha256').update(`image ${made}`).digest('hex')}`,
      files: wanted.files,
      labels: wanted.labels,
      madeAs: 'madeAs' in wanted ? wanted.madeAs : wanted.name,
      env: wanted.env,
      sizeBytes: [...wanted.files.values()].reduce((sum, { content }) => sum + content.length, 0),
      changes: [...(wanted.on?.changes ?? []), change],
      layers: [...(wanted.on?.layers ?? []), `sha256:layer-${made}`],
      createdAt: made,
    };
    images.set(image.id, image);
    if (wanted.name !== undefined) names.set(wanted.name, image.id);
    return image;
  }

  function open({ id, image, options }: { id: string; image: FakeImage; options: ContainerOptions }): Container {
    const files: FakeFiles = new Map(image.files);
    let isUsable = true;
    const check = (signal: AbortSignal) => {
      signal.throwIfAborted();
      if (!inUse.has(id)) throw new BoundaryError('container', `no such container: ${id}`);
    };
    return {
      id,
      async exec(wanted, signal) {
        check(signal);
        if (!isUsable) throw new BoundaryError('container', `run a command: container ${id} is not running`);
        const env = { ...image.env, ...options.env, ...wanted.env };
        const command = { ...wanted, args: wanted.args ?? [], env, files, image, options };
        commands.push(command);
        const result = await answerOf(command, wanted, signal);
        isUsable = result.end === 'exited';
        return result;
      },
      async upload(tar, folder, signal) {
        check(signal);
        await untar(tar, folder, files);
      },
      async download(path, maxBytes, signal) {
        check(signal);
        const tar = toTar(files, path, posix.dirname(path));
        return tar && pipeline(tar, createCap(path, maxBytes), () => undefined);
      },
      async changed(signal) {
        check(signal);
        const changed = [...toChange(image.files, files)].flatMap(([path, file]) =>
          file ? [[path, file] as const] : [],
        );
        return toTar(new Map(changed), '/', '/') ?? Readable.from([Buffer.alloc(1024)]);
      },
      async commit({ labels, env, name }, signal) {
        check(signal);
        const carried = { ...image.labels, ...options.labels, ...labels, ...ours };
        return add({ files: new Map(files), labels: carried, env: { ...image.env, ...env }, name, on: image });
      },
      async [Symbol.asyncDispose]() {
        inUse.delete(id);
      },
    };
  }

  async function answerOf(command: FakeCommand, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
    const over = new AbortController();
    const within = AbortSignal.any([over.signal, signal]);
    const late: Promise<FakeAnswer> = sleep(options.timeoutMs, { end: 'timed-out' }, { signal: within });
    try {
      const { output = '', exitCode = 0, end = 'exited' } = await Promise.race([run(command), late]);
      const bytes = Buffer.from(output);
      const isTooMuch = bytes.length > options.outputBytes;
      options.log?.write(bytes.subarray(0, options.outputBytes));
      const ended = isTooMuch ? 'output-limit' : end;
      const tail = bytes.subarray(0, options.outputBytes).subarray(-4096).toString();
      return { end: ended, exitCode: ended === 'exited' ? exitCode : null, tail, ms: 1 };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      over.abort();
      late.catch(() => undefined);
    }
  }
}

function carries({ labels }: Image, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function last(image: FakeImage): ReadonlyMap<string, FakeFile | null> {
  return image.changes.at(-1) ?? new Map();
}

function toChange(before: FakeFiles, after: FakeFiles): ReadonlyMap<string, FakeFile | null> {
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => [path, null] as const);
  return new Map([...[...after].filter(([path, file]) => before.get(path) !== file), ...gone]);
}

/** Removed files are empty ones named ".wh.NAME", as in the layers of real images. */
function asLayer(change: ReadonlyMap<string, FakeFile | null>): FakeFiles {
  const whiteout = (path: string) => posix.join(posix.dirname(path), `.wh.${posix.basename(path)}`);
  return new Map([...change].map(([path, file]) => (file ? [path, file] : [whiteout(path), toFile('')])));
}

function createCap(path: string, maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const message = `copy ${path} out of a container: it is larger than ${maxBytes} bytes`;
      done(bytes > maxBytes ? new BoundaryError('container', message) : null, chunk);
    },
  });
}
