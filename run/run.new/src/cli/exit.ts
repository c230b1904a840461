import { CommanderError } from 'commander';
import { BoundaryError } from '../domain/boundary.ts';
import { countFailed, type Summary } from '../domain/summary.ts';
import { MissingError, UsageError } from '../util/errors.ts';

/** What the shell gets. `failed`: some items failed, or a bug; `missing`: the machine lacks something; as `envmint --help` says. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, missing: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitOfSummary(summary: Summary): ExitCode {
  if (summary.state === 'interrupted') return exitCodes.interrupted;
  return summary.state === 'broken' || countFailed(summary) > 0 ? exitCodes.failed : exitCodes.ok;
}

/** The code for what a command threw, and what to tell the user, which is nothing where commander has told it. */
export function exitOfError(error: unknown): { readonly code: ExitCode; readonly message: string } {
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage, message: '' };
  }
  if (error instanceof UsageError) return { code: exitCodes.usage, message: error.message };
  if (error instanceof MissingError) return { code: exitCodes.missing, message: error.message };
  if (error instanceof BoundaryError) {
    return { code: error.boundary === 'disk' ? exitCodes.missing : exitCodes.failed, message: error.message };
  }
  return { code: exitCodes.failed, message: `this is a bug in envmint\n${stackOf(error)}` };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stackOf(error.cause)}`;
}
