/** A file as it is with a patch. */
export interface PatchedText {
  readonly path: string;
  readonly text: string;
  /** Numbers of the lines that the patch adds, from 1 on. */
  readonly added: ReadonlySet<number>;
}
