import type { Artifacts } from '../../ports/artifacts.ts';

/** Files beside a task that are about it and not part of it. */
const ASIDE = ['proof.json', 'hints.json', 'findings.json'];

type Contents = Readonly<Record<string, Uint8Array>>;

export interface CandidateFiles {
  /** The task's own files. */
  readonly files: Contents;
  /** What synthesis handed on beside them. */
  readonly hints: Contents;
}

/**
 * The files of a candidate. One that an earlier run has judged, and whose outcome is owed again (gates of another version, a torn line of
 * the ledger), is put back first from where that run left it.
 */
export async function readCandidate(artifacts: Artifacts, environment: string, task: string): Promise<CandidateFiles> {
  const candidate = `${environment}/candidates/${task}`;
  for (const place of ['candidates', 'tasks', 'rejected']) {
    const all = await readAll(artifacts, `${environment}/${place}/${task}`);
    const files = withoutAside(all);
    if (Object.keys(files).length === 0) continue;
    // The near misses of a proof are as good as the hints that it was made with.
    const hint = all['hints.json'] ?? all['proof.json'];
    const hints: Contents = hint ? { 'hints.json': hint } : {};
    if (place !== 'candidates') await artifacts.writeFolder(candidate, { ...files, ...hints });
    return { files, hints };
  }
  return { files: {}, hints: {} };
}

/** The task's own files in a folder. */
export async function readTaskFiles(artifacts: Artifacts, folder: string): Promise<Contents> {
  return withoutAside(await readAll(artifacts, folder));
}

async function readAll(artifacts: Artifacts, folder: string): Promise<Contents> {
  const files: Record<string, Uint8Array> = {};
  for (const name of await artifacts.list(folder)) files[name] = await artifacts.readFile(`${folder}/${name}`);
  return files;
}

const withoutAside = (files: Contents): Contents =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !ASIDE.includes(name)));
