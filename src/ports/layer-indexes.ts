/** What was read of layers once, so that nobody reads them again. Names are diff ids of layers. Throws BoundaryError('disk'). */
export interface LayerIndexes {
  has(id: string): Promise<boolean>;
  /** Throws where there is none. Each piece is good until the next one is asked for. */
  read(id: string): AsyncIterable<Buffer>;
  /** Keeps all of `content` or nothing, in the place of what was there. Asked for its name is `id`, once the content has been read. */
  write(content: AsyncIterable<Uint8Array>, id: () => string | Promise<string>): Promise<void>;
  /** Removes all but these. Returns how many. */
  keepOnly(ids: ReadonlySet<string>): Promise<number>;
}
