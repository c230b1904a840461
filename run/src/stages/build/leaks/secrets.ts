import { createHash } from 'node:crypto';
import { parsePatch } from '../../../engine/patch/parse-patch.ts';
import type { FilePatch } from '../../../engine/patch/patch.ts';

/** What an image must not hold: lines that gold patch or test patch add, and files as they are afterwards. */
export interface Secrets {
  /** Without the blanks around them, each once. */
  readonly lines: readonly string[];
  /** For each changed file with lines worth a search, which of `lines` it adds. */
  readonly groups: readonly { readonly path: string; readonly lines: readonly number[] }[];
  /** Paths by the name that git gives to their content after the change. */
  readonly blobs: ReadonlyMap<string, string>;
}

const minLineLength = 24;
/** A file of less says nothing of where it is from: an empty __init__.py, a single include. */
const minFileBytes = 64;
/** Lines that any program may have. */
const common = /^(?:import|from|using|use|require|include|#\s*include|#\s*define|package|namespace|module)\b/;

export function toSecrets(patches: readonly string[]): Secrets {
  const files = patches.flatMap(parsePatch);
  const numbers = new Map<string, number>();
  const groups = files.flatMap((file) => {
    const added = new Set(addedLines(file).map(trimLine).filter(isDistinctive));
    if (added.size === 0) return [];
    for (const line of added) if (!numbers.has(line)) numbers.set(line, numbers.size);
    return [{ path: file.path, lines: [...added].map((line) => numbers.get(line) ?? 0) }];
  });
  const blobs = new Map(files.flatMap((file) => blobsOf(file).map((id) => [id, file.path] as const)));
  return { lines: [...numbers.keys()], groups, blobs };
}

/** Blanks, and what a diff, a quotation or a log puts in front of a line, do not hide it. */
export function trimLine(text: string): string {
  return text.replace(/^[\s+\->|*#]+/, '').trimEnd();
}

function isDistinctive(line: string): boolean {
  const words = line.match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  return Buffer.byteLength(line) >= minLineLength && words.length >= 3 && !common.test(line);
}

function addedLines({ hunks }: FilePatch): string[] {
  return hunks.flatMap(({ lines }) => lines.filter(({ sign }) => sign === '+').map(({ text }) => text));
}

/** From the patch's own "index" line where it names objects in full; of a new file also by its content. */
function blobsOf(file: FilePatch): string[] {
  const named = file.header.flatMap((line) => /^index [0-9a-f]+\.\.([0-9a-f]{40})\b/.exec(line)?.[1] ?? []);
  const isNew = file.change === 'added' && file.binary === undefined;
  const last = file.hunks.at(-1)?.lines.at(-1);
  const content = `${addedLines(file).join('\n')}${last?.isUnended ? '' : '\n'}`;
  const isLarge = Buffer.byteLength(content) >= minFileBytes;
  if (isNew && !isLarge) return [];
  const gone = /^0+$/;
  return [...new Set([...named, ...(isNew ? [gitBlobId(content)] : [])])].filter((id) => !gone.test(id));
}

function gitBlobId(content: string): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
