/** What the user asked for is wrong: a message without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that the work needs is not on this machine: a message without a stack, exit code 3. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

/** The code of a system error ("ENOSPC"), or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
