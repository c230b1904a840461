import { stat } from 'node:fs/promises';
import { BoundaryError } from '../../domain/boundary.ts';
import type { Repositories, Repository, RepositorySource } from '../../ports/repository.ts';
import { type CloneOptions, ensureClone, localFolder } from './clone.ts';
import { createRepository } from './repository.ts';
import type { Environment } from './run-git.ts';

export interface GitOptions extends CloneOptions {
  /** Sent to the host of `host` only, and never on a command line. */
  readonly token?: string | undefined;
  /** The address that takes the token, such as "https://github.com". */
  readonly host?: string | undefined;
}

/** Repositories by git: local clones are read where they are, others are cloned once into the cache, without the contents of files until they are needed. */
export function createGitRepositories(options: GitOptions): Repositories {
  const opened = new Map<string, Promise<Repository | undefined>>();
  const env = withToken(options);

  return {
    open(source, signal) {
      const known = opened.get(source.cloneUrl);
      if (known !== undefined) return known;
      const opening = open(source, { cache: options.cache, env }, signal);
      opened.set(source.cloneUrl, opening);
      // What failed may be tried again.
      opening.catch(() => opened.delete(source.cloneUrl));
      return opening;
    },
  };
}

async function open(
  source: RepositorySource,
  options: CloneOptions,
  signal: AbortSignal,
): Promise<Repository | undefined> {
  const local = localFolder(source.cloneUrl);
  if (local !== undefined) {
    await checkFolder(source, local);
    return createRepository({ folder: local, env: options.env, hasOrigin: false });
  }
  const folder = await ensureClone(source, options, signal);
  return folder === undefined ? undefined : createRepository({ folder, env: options.env, hasOrigin: true });
}

async function checkFolder({ name }: RepositorySource, folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new BoundaryError('git', `open the clone of ${name} at ${folder}: there is no such folder`);
}

/** By the environment, since a command line is seen by every user of the machine. */
function withToken({ env, token, host }: GitOptions): Environment {
  if (!token || !host) return env;
  const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const count = Number(env.GIT_CONFIG_COUNT ?? 0);
  return {
    ...env,
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: `http.${host.replace(/\/?$/, '/')}.extraHeader`,
    [`GIT_CONFIG_VALUE_${count}`]: header,
  };
}
