import type { Artifacts, Files } from '../../ports/artifacts.ts';

/** What an audit writes beside a candidate's own files. */
export const FINDINGS = ['proof.json', 'findings.json'] as const;

export async function readFolder(artifacts: Artifacts, folder: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of await artifacts.list(folder)) files[name] = await artifacts.readFile(`${folder}/${name}`);
  return files;
}

/**
 * The files of a candidate. One that was judged by an earlier run, and whose outcome is owed again (another version of the gates, a torn line
 * of the ledger), is put back from where that run left it.
 */
export async function readCandidate(artifacts: Artifacts, environment: string, task: string): Promise<Files> {
  const candidate = `${environment}/candidates/${task}`;
  const own = await readFolder(artifacts, candidate);
  if (Object.keys(own).length > 0) return own;
  for (const place of ['tasks', 'rejected']) {
    const judged = await readFolder(artifacts, `${environment}/${place}/${task}`);
    const files = Object.fromEntries(Object.entries(judged).filter(([name]) => !FINDINGS.some((one) => one === name)));
    if (Object.keys(files).length === 0) continue;
    // Near misses of the proof serve as the hints that came with the candidate.
    const hints = judged['proof.json'] ? { 'hints.json': judged['proof.json'] } : {};
    await artifacts.writeFolder(candidate, { ...hints, ...files });
    return files;
  }
  return own;
}
