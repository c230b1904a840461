import { BoundaryError } from '../../../domain/boundary.ts';
import { UsageError } from '../../../util/errors.ts';
import { statusOf } from './limits.ts';

/** The host failed in a way that a smaller page may cure. */
export class HeavyError extends BoundaryError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('github', message, { ...options, retryable: true });
  }
}

/** The server answers by REST alone. */
export class NoGraphqlError extends BoundaryError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('github', message, options);
  }
}

/** What a failed request means, and what to do about it. */
export function toRequestFailure(doing: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const status = statusOf(cause);
  const said = `${doing}: ${status === undefined ? '' : `${status} `}${message}`;
  if (status === 401) {
    return new UsageError(`${said}; the token is refused: set GITHUB_TOKEN to one that is valid and has not expired`, {
      cause,
    });
  }
  if (status === 403 || status === 429) return refused(said, cause);
  // A GET that finds nothing is an answer.
  if (status === 404 || status === 405) {
    return new NoGraphqlError(`${said}; this server has no GraphQL API: name what to mine by --repo or --repos`, {
      cause,
    });
  }
  if (isHeavy(status, message)) {
    return new HeavyError(`${said}; GitHub is busy or unreachable: run the same command again to go on`, { cause });
  }
  return new BoundaryError('github', said, { cause, retryable: status === undefined });
}

function refused(said: string, cause: unknown): BoundaryError {
  const advice = /saml|sso/i.test(said)
    ? 'authorize the token for the organization (single sign-on)'
    : 'the token may not read this, or the limit lasts: wait, or use another token';
  return new BoundaryError('github', `${said}; ${advice}`, { cause });
}

/** 5xx, and what octokit gives as 500 for a connection that broke or took too long. */
function isHeavy(status: number | undefined, message: string): boolean {
  return (status !== undefined && status >= 500) || /terminated|timeout|timed out|aborted|fetch failed/i.test(message);
}
