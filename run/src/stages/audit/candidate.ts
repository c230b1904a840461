import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Artifacts } from '../../ports/artifacts.ts';

/** The files that a task consists of. Whatever else people leave in its folder (answers, caches) is theirs. */
const OWN = ['task.json', 'solution.js', 'verify.mjs', 'verify.py'];
/** Files of ours that are about it and not part of it. */
const ASIDE = ['proof.json', 'hints.json'];

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
    const folder = `${environment}/${place}/${task}`;
    const [files, about] = [await readNamed(artifacts, folder, OWN), await readNamed(artifacts, folder, ASIDE)];
    if (Object.keys(files).length === 0) continue;
    // The near misses of a proof are as good as the hints that it was made with.
    const hint = about['hints.json'] ?? about['proof.json'];
    const hints: Contents = hint ? { 'hints.json': hint } : {};
    if (place !== 'candidates') await artifacts.writeFolder(candidate, { ...files, ...hints });
    return { files, hints };
  }
  return { files: {}, hints: {} };
}

async function readNamed(artifacts: Artifacts, folder: string, names: readonly string[]): Promise<Contents> {
  const files: Record<string, Uint8Array> = {};
  for (const name of await artifacts.list(folder))
    if (names.includes(name)) files[name] = await artifacts.readFile(`${folder}/${name}`);
  return files;
}

/** The first file of a kept task that is not, byte for byte, the one that its proof was made for; null where all are, or there is no proof. */
export async function editedFile(artifacts: Artifacts, folder: string): Promise<string | null> {
  if (!(await artifacts.list(folder)).includes('proof.json')) return null;
  const proof = Proven.safeParse(parsed(await artifacts.readFile(`${folder}/proof.json`)));
  if (!proof.success) return 'proof.json';
  const found = await hashesOf(artifacts, folder);
  return OWN.find((name) => found[name] === undefined || found[name] !== proof.data.files[name]) ?? null;
}

/** The first verifier of a task that is not, byte for byte, the one in `verifiers`; null where all are. */
export async function foreignVerifier(
  artifacts: Artifacts,
  folder: string,
  verifiers: Readonly<Record<string, string>>,
): Promise<string | null> {
  const names = Object.keys(verifiers);
  const found = await readNamed(artifacts, folder, names);
  return names.find((name) => new TextDecoder().decode(found[name]) !== verifiers[name]) ?? null;
}

/** sha-256 of each of the task's own files, 64 hex digits. */
export async function hashesOf(artifacts: Artifacts, folder: string): Promise<Record<string, string>> {
  const files = Object.entries(await readNamed(artifacts, folder, OWN));
  return Object.fromEntries(files.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]));
}

/** What of a proof says which files it is about. */
const Proven = z.object({ files: z.record(z.string(), z.string()) });

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
