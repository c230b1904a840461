import { resolve } from 'node:path';
import { createGitRepositories } from '../../adapters/git/index.ts';
import { openDump } from '../../adapters/github/dump/index.ts';
import type { Repositories } from '../../ports/repository.ts';
import { UsageError } from '../../util/errors.ts';
import type { CliDeps } from '../deps.ts';
import { cacheFolder } from '../mine/options.ts';
import { findToken } from '../mine/token.ts';
import type { SourceOptions } from './options.ts';

export interface Source extends Disposable {
  readonly repositories: Repositories;
  cloneUrl(repository: string, signal: AbortSignal): Promise<string>;
}

/** The clones that candidates were mined from: of a dump, or of the host. */
export async function openRepositories(options: SourceOptions, deps: CliDeps): Promise<Source> {
  const cache = resolve(cacheFolder(options.cache, deps.env));
  const host = options.githubUrl;
  const token = options.dump === undefined ? await findToken(host, deps.env) : undefined;
  const repositories = createGitRepositories({ cache, env: deps.env, token, host });
  if (options.dump === undefined) {
    return {
      repositories,
      cloneUrl: async (name) => `${host.replace(/\/+$/, '')}/${name}.git`,
      [Symbol.dispose]() {},
    };
  }
  const selection = { repositories: undefined, since: undefined, until: undefined };
  const dump = await openDump({ path: options.dump, cache, selection, onBatch: () => {} }, deps.signal);
  return {
    repositories,
    async cloneUrl(name, signal) {
      const found = await dump.hub.repository(name, signal);
      if (found.kind === 'found') return found.value.cloneUrl;
      throw new UsageError(`the dump ${options.dump} says nothing of ${name}: give the dump that was mined`);
    },
    [Symbol.dispose]: () => dump[Symbol.dispose](),
  };
}
