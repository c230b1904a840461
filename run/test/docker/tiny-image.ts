import { execFileSync, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

const programs = 'bash cat dd find git grep head id ln ls mkdir rm sleep sort tar wc yes'.split(' ');

/** A root file system of a dozen of this machine's programs with what they are linked to: no registry, a few megabytes. */
export function tinyRoot(): Readable {
  const paths = programs.map((program) =>
    execFileSync('bash', ['-c', `type -P ${program}`], { encoding: 'utf8' }).trim(),
  );
  const linked = execFileSync('ldd', paths, { encoding: 'utf8' }).matchAll(/(?:=> |^\s+)(\/\S+)/gm);
  const files = [...new Set([...paths, ...[...linked].map((match) => match[1] ?? '')])];
  const names = files.map((path) => path.slice(1));
  const tar = spawn('tar', ['-C', '/', '-chf', '-', ...names], { stdio: ['ignore', 'pipe', 'inherit'] });
  return tar.stdout;
}
