/** File contents by path below a folder; paths use "/" and never leave the folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Where the large things of a run lie. Paths are relative and use "/". Throws BoundaryError('disk'). */
export interface Artifacts {
  /** Writes a folder with all `files` or not at all, in the place of what stood there. */
  writeFolder(path: string, files: Files): Promise<void>;
  /** Writes one file whole or not at all; makes the folders above it. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  readFile(path: string): Promise<Uint8Array>;
  /** Removes a file or folder with all that is in it; nothing happens where there is none. */
  remove(path: string): Promise<void>;
  /** The names in a folder, sorted by code unit; none where there is no such folder. */
  list(path: string): Promise<string[]>;
}
