import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDiskError } from '../../domain/disk-error.ts';
import { differingKeys, RunConfig, RunId } from '../../domain/run.ts';
import type { Summary } from '../../domain/summary.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import { canonicalJson } from '../../util/canonical-json.ts';
import { errorCode, UsageError } from '../../util/errors.ts';
import { createFolderArtifacts, sweepStaging } from './artifacts.ts';
import { makeFolder } from './make-folder.ts';

/** The folder of one run: config.json, ledger.jsonl, events.jsonl, summary.json and the artifacts in items/. */
export interface RunFolder {
  readonly path: string;
  readonly ledgerPath: string;
  readonly eventsPath: string;
  readonly itemsPath: string;
  readonly artifacts: Artifacts;
  /** Removes what an interrupted run left half written. Call it with the ledger's lock in hand. */
  sweep(): Promise<void>;
  writeSummary(summary: Summary): Promise<void>;
}

export interface RunAddress {
  /** The folder of runs. */
  readonly out: string;
  readonly runId: string;
}

/** Makes the run's folder, or finds it. Throws UsageError when it belongs to a run with another config. */
export async function openRunFolder({ out, runId }: RunAddress, config: RunConfig): Promise<RunFolder> {
  if (!RunId.safeParse(runId).success) {
    throw new UsageError(`${JSON.stringify(runId)} is no run id: use letters, digits, ".", "_" and "-", at most 100`);
  }
  const path = join(out, runId);
  const itemsPath = join(path, 'items');
  try {
    await makeFolder(itemsPath);
    await agreeOnConfig(path, config);
  } catch (error) {
    throw error instanceof UsageError ? error : toDiskError(`open the run folder ${path}`, error);
  }
  return {
    path,
    itemsPath,
    ledgerPath: join(path, 'ledger.jsonl'),
    eventsPath: join(path, 'events.jsonl'),
    artifacts: createFolderArtifacts(itemsPath),
    sweep: () => sweepStaging(itemsPath),
    writeSummary: (summary) => writeWhole(join(path, 'summary.json'), summary),
  };
}

async function agreeOnConfig(path: string, config: RunConfig): Promise<void> {
  const file = join(path, 'config.json');
  const found = await readConfig(file);
  if (found === undefined) return writeWhole(file, config);
  const differing = differingKeys(found, config);
  if (differing.length === 0) return;
  const list = differing.map((key) => `${key} (${say(found[key])} there, ${say(config[key])} asked)`).join(', ');
  throw new UsageError(
    `${path} is a run with other settings: ${list}; ask for the same to resume it, or choose another --run-id`,
  );
}

async function readConfig(file: string): Promise<RunConfig | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return RunConfig.parse(JSON.parse(text));
  } catch (error) {
    const message = `${file} is damaged, so it is not known what the run was; choose another --run-id`;
    throw new UsageError(message, { cause: error });
  }
}

function say(value: unknown): string {
  return value === undefined ? 'absent' : canonicalJson(value);
}

/** Written beside and renamed, so that a reader never sees a half. */
async function writeWhole(file: string, value: unknown): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`);
    await rename(temporary, file);
  } catch (error) {
    throw toDiskError(`write ${file}`, error);
  }
}
