import type { LayerScan, Trace } from './scan-layers.ts';
import type { Secrets } from './secrets.ts';

/** Something of the fix, where nothing of it may be. */
export interface Leak {
  readonly kind: 'lines' | 'file' | 'patch-file' | 'git-history' | 'git-object';
  /** The path in the image. */
  readonly where: string;
  readonly what: string;
}

/** One line alone is of this file and no other if it is that long. */
const tellingLength = 50;
/** From so much of what a patch adds to a file on, it is not by chance that another has it. */
const tellingShare = 0.5;

/** Content after the change that the tree of the base commit has as well, in a copy that the change brings up to date. */
export function blobsOfBase(traces: readonly Trace[], basePaths: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(traces.filter(({ path }) => basePaths.has(path)).flatMap(({ blob }) => blob ?? []));
}

/** What traces say, once all that the tree of the base commit has itself is set aside. `basePaths` are paths in the image, without the leading "/". */
export function judgeTraces(
  { traces }: Pick<LayerScan, 'traces'>,
  secrets: Secrets,
  basePaths: ReadonlySet<string>,
): Leak[] {
  const ofBase = traces.filter(({ path }) => basePaths.has(path));
  const known = new Set(ofBase.flatMap(({ lines }) => lines));
  const knownBlobs = blobsOfBase(traces, basePaths);
  return traces
    .filter(({ path }) => !basePaths.has(path))
    .flatMap((trace) => judgeOne({ ...trace, lines: trace.lines.filter((line) => !known.has(line)) }));

  function judgeOne({ path, lines, blob }: Trace): Leak[] {
    if (blob !== undefined && !knownBlobs.has(blob)) {
      return [{ kind: 'file', where: path, what: `${secrets.blobs.get(blob)} as it is after the change` }];
    }
    if (lines.length > 0 && /\.(?:patch|diff)$/.test(path)) {
      return [{ kind: 'patch-file', where: path, what: quote(lines) }];
    }
    const here = new Set(lines);
    const group = secrets.groups.find((one) =>
      isTelling(
        one.lines.filter((line) => !known.has(line)),
        here,
      ),
    );
    return group ? [{ kind: 'lines', where: path, what: `of ${group.path}: ${quote(lines)}` }] : [];
  }

  function isTelling(group: readonly number[], here: ReadonlySet<number>): boolean {
    const there = group.filter((line) => here.has(line));
    const size = (lines: readonly number[]) => lines.reduce((sum, line) => sum + (secrets.lines[line]?.length ?? 0), 0);
    if (there.length === 0 || size(there) < size(group) * tellingShare) return false;
    return there.length > 1 || size(there) >= tellingLength;
  }

  function quote(lines: readonly number[]): string {
    const texts = lines.slice(0, 3).map((line) => JSON.stringify(secrets.lines[line]?.slice(0, 120)));
    return `${lines.length} lines, ${texts.join(', ')}${lines.length > 3 ? ', …' : ''}`;
  }
}
