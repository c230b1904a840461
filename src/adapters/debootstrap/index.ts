import { execFile, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { atBoundary, BoundaryError } from '../../domain/boundary.ts';
import type { Suite } from '../../domain/recipe.ts';
import type { Bootstrap, RootFileSystem } from '../../ports/base-images.ts';
import { errorCode } from '../../util/errors.ts';
import { makeScratch } from '../scratch/index.ts';

export interface DebootstrapOptions {
  /** Where packages come from. It leaves no trace in what is made. */
  readonly mirror?: string | undefined;
  /** Environment of the programs that are run: the proxy among it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What images ask for packages when they are not told otherwise, on every machine. */
const home = 'http://deb.debian.org/debian';

/** By the program debootstrap, as root. */
export function createDebootstrap({ mirror = home, env }: DebootstrapOptions): Bootstrap {
  return {
    async missing() {
      if (process.getuid?.() !== 0) return 'a system can be bootstrapped by root only';
      for (const program of ['debootstrap', 'tar']) {
        if (!(await isThere(program, env))) return `there is no ${program}: apt-get install ${program}`;
      }
      return undefined;
    },
    make: (suite, signal) =>
      atBoundary('container', `bootstrap Debian ${suite} from ${mirror}`, () => make(suite, { mirror, env }, signal)),
  };
}

async function make(
  suite: Suite,
  { mirror, env }: { readonly mirror: string; readonly env: DebootstrapOptions['env'] },
  signal: AbortSignal,
): Promise<RootFileSystem> {
  const scratch = await makeScratch();
  const root = join(scratch.folder, 'root');
  try {
    const args = ['--variant=minbase', '--include=ca-certificates', suite, root, mirror];
    await run('debootstrap', { args, env }, signal);
    await tidy(root, suite);
    const tars: Readable[] = [];
    return {
      tar() {
        const tar = toTar(root);
        tars.push(tar);
        return tar;
      },
      async [Symbol.asyncDispose]() {
        for (const tar of tars) tar.destroy();
        await scratch[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

/** Packages leave out what programs do not read, as in the slim images of registries. */
const slim = `path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/lintian/*
path-exclude /usr/share/locale/*
path-include /usr/share/locale/locale.alias
path-exclude /usr/share/man/*
path-exclude /usr/share/groff/*
`;

/** Caches and logs are of this machine and this hour; so is the mirror. */
async function tidy(root: string, suite: Suite): Promise<void> {
  for (const path of ['var/cache/apt/archives', 'var/lib/apt/lists', 'var/log/apt', 'debootstrap']) {
    await rm(join(root, path), { recursive: true, force: true });
  }
  for (const path of ['var/log/bootstrap.log', 'var/log/dpkg.log', 'var/log/alternatives.log', 'etc/hostname']) {
    await rm(join(root, path), { force: true });
  }
  await rm(join(root, 'etc/resolv.conf'), { force: true });
  const sources = [
    `deb ${home} ${suite} main`,
    `deb ${home} ${suite}-updates main`,
    `deb ${home}-security ${suite}-security main`,
  ];
  await writeFile(join(root, 'etc/apt/sources.list'), `${sources.join('\n')}\n`);
  await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/slim'), slim);
}

interface Invocation {
  readonly args: readonly string[];
  readonly env: DebootstrapOptions['env'];
}

/** In a process group of its own, because debootstrap starts programs that outlive it when it is killed. */
function run(program: string, { args, env }: Invocation, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4096);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    // First in a way that lets debootstrap take its mounts away.
    const stop = () => {
      killGroup(child.pid, 'SIGTERM');
      setTimeout(() => killGroup(child.pid, 'SIGKILL'), graceMs).unref();
    };
    signal.addEventListener('abort', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else {
        const lines = said.trimEnd().split('\n').slice(-5).join('\n');
        const message = `${program} ${args.join(' ')} ended with code ${code}: ${lines}`;
        reject(new BoundaryError('container', message, { retryable: true }));
      }
    });
  });
}

const graceMs = 5000;

/** A group that has ended already is as it should be. */
function killGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function toTar(root: string): Readable {
  const child = spawn('tar', ['--numeric-owner', '--sort=name', '-C', root, '-c', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const tar = new PassThrough();
  child.stdout.pipe(tar, { end: false });
  child.on('error', (error) => tar.destroy(error));
  child.on('close', (code) => {
    if (code === 0) tar.end();
    else tar.destroy(new BoundaryError('container', `tar of ${root} ended with code ${code}`, { retryable: true }));
  });
  // Nobody reads on: tar would wait for its reader, and the process for tar.
  tar.on('close', () => child.kill('SIGKILL'));
  return tar;
}

function isThere(program: string, env: DebootstrapOptions['env']): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { env }, (error) => resolve(error === null));
  });
}
