import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPythonVerifier } from '../adapters/python/index.ts';
import { createSolverIsolate } from '../adapters/quickjs/index.ts';
import { createWorldStore } from '../adapters/sqlite/index.ts';
import type { Artifacts } from '../ports/artifacts.ts';
import type { AuditNeeds } from '../stages/audit/index.ts';
import { MissingError } from '../util/errors.ts';
import { packs } from './packs.ts';

const verifierText = (name: string): string => readFileSync(new URL(`../verifiers/${name}`, import.meta.url), 'utf8');

/** What an audit works with in this process. Nothing is started before it is used. */
export function createOfflineNeeds(artifacts: Artifacts, root: string, python: string): AuditNeeds {
  return {
    artifacts,
    worlds: createWorldStore(),
    isolate: createSolverIsolate(),
    programs: [{ name: 'verify.py', program: createPythonVerifier({ python }) }],
    verifiers: { 'verify.mjs': verifierText('verify.mjs'), 'verify.py': verifierText('verify.py') },
    domains: packs,
    pathOf: (artifact) => join(root, artifact),
  };
}

/** Throws MissingError where the Python that audits verify.py is not there or too old. */
export async function requirePython(python: string): Promise<void> {
  const script = 'import sqlite3, sys; sys.exit(sys.version_info < (3, 8))';
  try {
    await promisify(execFile)(python, ['-c', script]);
  } catch (cause) {
    throw new MissingError(
      `${python} with sqlite3, version 3.8 or newer, is needed to audit verify.py: install python3 (apt-get install python3) or name another by --python`,
      { cause },
    );
  }
}
