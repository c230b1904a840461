import { BoundaryError } from '../../../domain/boundary.ts';
import type { HubRepository, Lookup } from '../../../ports/hub.ts';
import { toRepository } from '../objects/repository.ts';
import type { RestAnswer, RestRequest } from './client.ts';

type Get = (request: RestRequest, signal: AbortSignal) => Promise<RestAnswer>;

/** A repository by REST, which can say "not modified"; a renamed one is followed to its name of today. */
export async function lookUpRepository(get: Get, name: string, signal: AbortSignal): Promise<Lookup<HubRepository>> {
  const { status, data } = await get({ path: `/repos/${name}` }, signal);
  if (status === 451) return { kind: 'gone', why: 'blocked for legal reasons' };
  if (status !== 200) return { kind: 'gone', why: 'private or missing' };
  try {
    return { kind: 'found', value: toRepository(data) };
  } catch (cause) {
    throw misread(name, cause);
  }
}

function misread(name: string, cause: unknown): BoundaryError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BoundaryError('github', `read repository ${name}: not as GitHub's schema says: ${message}`, { cause });
}
