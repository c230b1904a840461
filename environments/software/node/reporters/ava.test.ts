import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AVA_JS } from './ava.ts';

const modules = {
  'ava/index.js': '',
  'supertap/index.js': '',
  // As js-yaml 3 does.
  'js-yaml/index.js': `exports.safeDump = (value, { skipInvalid } = {}) => {
    if (value.at === undefined && !skipInvalid) throw new Error('unacceptable kind of an object to dump');
    return 'dumped';
  };`,
};

const MAIN = `const { Worker, isMainThread } = require('worker_threads');
const say = (who) => console.log(who, require('js-yaml').safeDump({ at: undefined }));
if (isMainThread) {
  say('main');
  console.log('options', [process.env.NODE_OPTIONS]);
  new Worker(__filename);
} else {
  try { say('worker'); } catch ({ message }) { console.log('worker', message); }
}`;

describe('AVA_JS', () => {
  let root = '';
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(files: Readonly<Record<string, string>>): string {
    root = mkdtempSync(join(tmpdir(), 'envmint-ava-'));
    for (const [path, text] of Object.entries({ 'ava.cjs': AVA_JS, 'main.js': MAIN, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const env = { NODE_OPTIONS: `--no-warnings --require=${join(root, 'ava.cjs')}` };
    return execFileSync(process.execPath, ['main.js'], { cwd: root, env, encoding: 'utf8', stdio: 'pipe' });
  }

  const at = (folder: string) =>
    Object.fromEntries(Object.entries(modules).map(([path, text]) => [`${folder}/${path}`, text]));

  it('does so under Node 10, which has no threads, nor createRequire', () => {
    const main = "console.log(require('js-yaml').safeDump({ at: undefined }));";
    const old = `const module_ = require('module');
const load = module_._load;
delete module_.createRequire;
module_._load = (name, ...rest) => {
  if (name === 'worker_threads') throw new Error('Cannot find module');
  return load(name, ...rest);
};
${AVA_JS}`;

    expect(run({ ...at('node_modules'), 'ava.cjs': old, 'main.js': main })).toBe('dumped\n');
  });

  it('lets AVA print an error without a place, and leaves workers and children as they are', () => {
    expect(run(at('node_modules'))).toBe(
      "main dumped\noptions [ '--no-warnings' ]\nworker unacceptable kind of an object to dump\n",
    );
  });

  it('does nothing where AVA has no such reporter', () => {
    const { 'node_modules/supertap/index.js': _, ...files } = at('node_modules');

    expect(() => run(files)).toThrow(/unacceptable kind/);
  });
});
