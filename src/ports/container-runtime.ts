import type { Readable } from 'node:stream';
import type { RunEnd } from '../domain/transitions.ts';

/** Docker, or what speaks its language. Every method throws BoundaryError('container') when the engine fails; `retryable` where a later try may help. */
export interface ContainerRuntime {
  engine(signal: AbortSignal): Promise<Engine>;
  /** Images that were made with all these labels, newest first; not what somebody else built on them. */
  images(labels: Labels, signal: AbortSignal): Promise<readonly Image[]>;
  /** By id, digest or name; undefined where it is not on the machine. */
  image(reference: string, signal: AbortSignal): Promise<Image | undefined>;
  pull(reference: string, signal: AbortSignal): Promise<Image>;
  /** Makes an image of one layer from a tar of a root file system. */
  importImage(tar: Readable, options: ImportOptions, signal: AbortSignal): Promise<Image>;
  /** Layers of the image, lowest first, each as the tar that `docker save` gives: what the leak scan reads. */
  layers(image: string, signal: AbortSignal): AsyncIterable<Layer>;
  /** False where a container or another image still needs it. */
  removeImage(image: string, signal: AbortSignal): Promise<boolean>;
  /** A running container that does nothing by itself. The caller disposes it: it is killed and removed with its volumes, also after an abort. */
  start(options: ContainerOptions, signal: AbortSignal): Promise<Container>;
  /** Removes containers of runs whose process is gone, and images that such runs left without a name. Returns how many. */
  sweep(signal: AbortSignal): Promise<{ readonly containers: number; readonly images: number }>;
}

export type Labels = Readonly<Record<string, string>>;

export interface Engine {
  readonly version: string;
  /** "linux/amd64". */
  readonly platform: string;
  readonly cpus: number;
  readonly memoryBytes: number;
}

export interface Image {
  /** "sha256:…" of its configuration. */
  readonly id: string;
  readonly labels: Labels;
  /** All layers together, shared ones included. */
  readonly sizeBytes: number;
  /** Diff ids, lowest first: equal ids are one layer on disk. */
  readonly layers: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface ImportOptions {
  /** "name:tag". */
  readonly name?: string;
  readonly labels: Labels;
}

export interface Layer {
  readonly tar: Readable;
  /** Its diff id, once the tar has been read. */
  id(): string;
}

export interface Limits {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** What a container may write to its own layer. */
  readonly diskBytes: number;
}

export interface ContainerOptions {
  readonly image: string;
  readonly network: 'none' | 'bridge';
  readonly limits: Limits;
  readonly labels: Labels;
  readonly env: Readonly<Record<string, string>>;
  /** Steps of a build need what root may do; tests run with every capability dropped that they can do without. */
  readonly privileges: 'build' | 'test';
}

export interface ExecOptions {
  /** Run by bash with `-euo pipefail`; arguments come as "$@". */
  readonly script: string;
  readonly args?: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Takes all output as it comes, standard error among it. */
  readonly log?: { write(chunk: Uint8Array): void };
  /** Beyond that many bytes of output the command is stopped. */
  readonly outputBytes: number;
}

/** How a command ended, as seen from outside of the container. Only `exited` leaves the container usable: any other end has killed it. */
export interface ExecResult {
  readonly end: RunEnd;
  /** Null unless it exited. 128 + n stands for signal n. */
  readonly exitCode: number | null;
  /** The last 4 KiB of its output, as text. */
  readonly tail: string;
  readonly ms: number;
}

export interface Container extends AsyncDisposable {
  readonly id: string;
  exec(options: ExecOptions, signal: AbortSignal): Promise<ExecResult>;
  /** Unpacks a tar below `folder`, which is there. */
  upload(tar: Readable | Uint8Array, folder: string, signal: AbortSignal): Promise<void>;
  /** A tar of a file or folder; undefined where there is none. Stops with BoundaryError beyond `maxBytes`. */
  download(path: string, maxBytes: number, signal: AbortSignal): Promise<Readable | undefined>;
  /** A tar of the regular files that are not as the image has them, and of few others. Ends what commands left running first, so that a commit has nothing more. */
  changed(signal: AbortSignal): Promise<Readable>;
  /** The image of what the container is now, with these labels and this environment, started in `folder`. What still runs in it goes on meanwhile. */
  commit(options: CommitOptions, signal: AbortSignal): Promise<Image>;
}

export interface CommitOptions {
  readonly labels: Labels;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** "name:tag". */
  readonly name?: string;
}
