import { Octokit as Core } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { isAbort } from '../../../domain/boundary.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { GithubAddresses } from './addresses.ts';
import { HeavyError, toRequestFailure } from './failures.ts';
import { createGate, type Gate } from './gate.ts';
import { limitOfAnswer, limitOfError, statusOf } from './limits.ts';

export interface ClientOptions {
  readonly addresses: GithubAddresses;
  readonly token: string;
  readonly clock: Clock;
  /** Told what somebody who waits wants to know. */
  readonly say: (message: string) => void;
  /** Keeps the pace that GitHub asks for: ten requests at a time, one GraphQL query a second. For servers of one's own it may be off. */
  readonly isPaced: boolean;
}

export interface GraphqlError {
  readonly type?: string | undefined;
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphqlError[];
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

export interface RestRequest {
  /** Below the address of the API, "/repos/owner/name". */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a moved thing is followed (the default) or the answer says where it went. */
  readonly redirect?: 'follow' | 'manual';
  /** Whether trouble of the server is left to the caller; else it is tried again three times, with growing pauses. */
  readonly once?: boolean;
}

/** Requests that wait out limits, and tell other failures apart. */
export interface Client {
  /** Throws HeavyError where a smaller page may help, NoGraphqlError, BoundaryError('github') for other trouble, UsageError for a token that is refused. */
  graphql(query: string, variables: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<GraphqlAnswer>;
  /** Answers of status 304 and 4xx that concern the thing asked for are answers. */
  rest(request: RestRequest, signal: AbortSignal): Promise<RestAnswer>;
}

const requestMs = 60_000;
const refusalsMost = 8;
const answers: ReadonlySet<number> = new Set([304, 404, 410, 451]);

export function createClient(options: ClientOptions): Client {
  const octokit = createOctokit(options);
  const gate = createGate(options.clock, options.say);
  const { rest, graphql } = options.addresses;
  return {
    async graphql(query, variables, signal) {
      const answer = await patiently({ doing: graphql, gate, clock: options.clock }, signal, async (limited) => {
        const request = { retries: 0, signal: limited };
        return checkRate(await octokit.request({ method: 'POST', url: graphql, query, variables, request }));
      });
      return toGraphqlAnswer(answer.data);
    },
    rest: ({ path, headers, redirect = 'follow', once = false }, signal) =>
      patiently({ doing: `GET ${rest}${path}`, gate, clock: options.clock }, signal, (limited) =>
        octokit
          .request({
            method: 'GET',
            url: `${rest}${path}`,
            ...(headers && { headers }),
            request: { redirect, signal: limited, ...(once && { retries: 0 }) },
          })
          .catch(asAnswer),
      ),
  };
}

function createOctokit({ token, addresses, isPaced }: ClientOptions) {
  const nothing = () => {};
  const Octokit = Core.plugin(throttling, retry);
  return new Octokit({
    auth: token,
    baseUrl: addresses.rest,
    userAgent: 'envmint',
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    // The plugin keeps the pace; the waiting is ours, because its own cannot be called off.
    throttle: { enabled: isPaced, onRateLimit: () => false, onSecondaryRateLimit: () => false },
    retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
  });
}

interface Patience {
  /** For messages. */
  readonly doing: string;
  readonly gate: Gate;
  readonly clock: Clock;
}

async function patiently(
  { doing, gate, clock }: Patience,
  signal: AbortSignal,
  send: (limited: AbortSignal) => Promise<RestAnswer>,
): Promise<RestAnswer> {
  for (let refusals = 0; ; refusals++) {
    await gate.pass(signal);
    try {
      const answer = await send(AbortSignal.any([signal, AbortSignal.timeout(requestMs)]));
      const limit = limitOfAnswer(answer.headers, clock.now());
      if (limit) gate.closeUntil(limit.untilMs, limit.why);
      return answer;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const limit = limitOfError(error, clock.now(), refusals);
      if (!limit || refusals >= refusalsMost) throw toRequestFailure(doing, error);
      gate.closeUntil(limit.untilMs, limit.why);
    }
  }
}

function asAnswer(error: unknown): RestAnswer {
  const status = statusOf(error);
  if (status === undefined || !answers.has(status) || isAbort(error)) throw error;
  const response = error as { response?: { headers?: RestAnswer['headers']; data?: unknown } };
  return { status, headers: response.response?.headers ?? {}, data: response.response?.data };
}

/** GraphQL says in an answer of status 200 that the limit is used up. */
function checkRate(answer: RestAnswer): RestAnswer {
  const { errors } = (answer.data ?? {}) as { errors?: readonly GraphqlError[] };
  if (!errors?.some(({ type }) => type === 'RATE_LIMITED')) return answer;
  throw Object.assign(new Error('GraphQL rate limit exceeded'), { response: answer });
}

/** A body that is cut off arrives as text. */
function toGraphqlAnswer(body: unknown): GraphqlAnswer {
  if (typeof body !== 'object' || body === null) {
    throw new HeavyError('GitHub cut its answer off in the middle');
  }
  const { data, errors } = body as { data?: unknown; errors?: readonly GraphqlError[] };
  const heavy = errors?.find(isHeavy);
  if (heavy) throw new HeavyError(`GitHub could not work the query: ${heavy.message}`);
  return { data: data ?? null, errors: errors ?? [] };
}

function isHeavy({ type, message }: GraphqlError): boolean {
  return (
    /^(?:MAX_NODE_LIMIT_EXCEEDED|RESOURCE_LIMITS_EXCEEDED)$/.test(type ?? '') ||
    /something went wrong while executing your query|timeout|timedout/i.test(message)
  );
}
