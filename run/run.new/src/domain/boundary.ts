import { z } from 'zod';

/** What lies outside of the program and may fail for reasons of its own. */
export const Boundary = z.enum([
  'disk',
  'worker',
  'python',
  'isolate',
  'database',
  'container',
  'github',
  'git',
  'model',
]);
export type Boundary = z.infer<typeof Boundary>;

export interface BoundaryErrorOptions extends ErrorOptions {
  /** Whether the same call may succeed a little later. */
  readonly retryable?: boolean;
}

/** The world failed, not the item and not the program. The pipeline makes it a `failed` outcome. */
export class BoundaryError extends Error {
  override readonly name = 'BoundaryError';
  readonly boundary: Boundary;
  readonly retryable: boolean;

  constructor(boundary: Boundary, message: string, options: BoundaryErrorOptions = {}) {
    super(message, options);
    this.boundary = boundary;
    this.retryable = options.retryable ?? false;
  }
}

/** Runs `work` and attributes what it throws to `boundary`; what is attributed already, and an abort, pass through. */
export async function atBoundary<T>(boundary: Boundary, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BoundaryError || isAbort(error)) throw error;
    throw attribute(boundary, doing, error);
  }
}

function attribute(boundary: Boundary, doing: string, cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError(boundary, `${doing}: ${message}`, { cause });
}

/** Whether `error` says that the work was called off, by the name that the platform gives such errors. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
