type Headers = Readonly<Record<string, string | number | undefined>>;

/** Why and until when the host wants no requests. */
export interface Limit {
  readonly untilMs: number;
  readonly why: string;
}

/** GitHub's advice where it gives no time: a minute, doubled at each refusal in a row. */
const secondaryMs = 60_000;

/** The limit that an error speaks of, undefined where it speaks of none. `refusals` counts those before it. */
export function limitOfError(error: unknown, nowMs: number, refusals: number): Limit | undefined {
  const headers = headersOf(error);
  const message = error instanceof Error ? error.message : '';
  if (headers === undefined || !isRefusal(error)) return undefined;
  const retryAfter = Number(headers['retry-after']);
  if (retryAfter > 0) return { untilMs: nowMs + retryAfter * 1000, why: 'secondary rate limit' };
  if (headers['x-ratelimit-remaining'] === '0') return { untilMs: resetMs(headers, nowMs), why: 'rate limit used up' };
  if (!/rate limit|abuse/i.test(message) && statusOf(error) !== 429) return undefined;
  return { untilMs: nowMs + secondaryMs * 2 ** refusals, why: 'secondary rate limit' };
}

/** The limit that an answer announces: nothing is left until the reset. */
export function limitOfAnswer(headers: Headers, nowMs: number): Limit | undefined {
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  return { untilMs: resetMs(headers, nowMs), why: 'rate limit used up' };
}

/** One second more: the reset is given in whole seconds. */
function resetMs(headers: Headers, nowMs: number): number {
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  return Number.isFinite(reset) && reset > nowMs ? reset + 1000 : nowMs + 1000;
}

/** REST says it by the status; GraphQL by an error in an answer of status 200. */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status === 403 || status === 429;
  return error instanceof Error && /rate limit/i.test(error.message);
}

/** The HTTP status of an octokit error; undefined for any other. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

function headersOf(error: unknown): Headers | undefined {
  if (typeof error !== 'object' || error === null || !('response' in error)) return undefined;
  const response = error.response;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  return response.headers as Headers;
}
