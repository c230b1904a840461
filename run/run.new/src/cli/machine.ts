import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../adapters/run-folder/index.ts';
import type { Machine } from './doctor.ts';

const probeMs = 5000;

/** The machine that we run on. */
export function thisMachine(env: Readonly<Record<string, string | undefined>>): Machine {
  return {
    nodeVersion: process.version,
    sqliteVersion,
    output: (program, args) =>
      new Promise((done) => {
        execFile(program, args, { timeout: probeMs }, (error, stdout) => done(error ? undefined : stdout));
      }),
    pingDocker: () => ping(socketOf(env.DOCKER_HOST)),
    freeBytes,
    whyNotWritable,
  };
}

async function sqliteVersion(): Promise<string | undefined> {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(':memory:');
    const row = database.prepare('SELECT sqlite_version() AS version').get();
    database.close();
    return String(row?.version);
  } catch {
    return undefined;
  }
}

function socketOf(host: string | undefined): string {
  return host?.startsWith('unix://') ? host.slice('unix://'.length) : '/var/run/docker.sock';
}

function ping(socketPath: string): Promise<string | undefined> {
  return new Promise((done) => {
    const request = get({ socketPath, path: '/_ping', timeout: probeMs }, (response) => {
      response.resume();
      const version = response.headers['api-version'];
      done(response.statusCode === 200 ? `API ${version ?? 'of unknown version'}` : undefined);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => done(undefined));
  });
}

async function freeBytes(folder: string): Promise<number | undefined> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch {
      if (path === dirname(path)) return undefined;
    }
  }
}

async function whyNotWritable(folder: string): Promise<string | undefined> {
  try {
    const made = await makeFolder(folder);
    const probe = join(folder, `.probe-${randomUUID()}`);
    await writeFile(probe, 'envmint');
    await rm(probe);
    if (made) await rm(made, { recursive: true });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
