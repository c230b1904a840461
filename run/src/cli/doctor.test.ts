import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { examine, formatFindings, type Machine, MIN_NODE } from './doctor.ts';

const whole: Machine = {
  nodeVersion: 'v24.21.0',
  sqliteVersion: async () => '3.53.4',
  output: async (program) => (program === 'git' ? 'git version 2.39.5\n' : 'Python 3.11.7\n'),
  pingDocker: async () => 'API 1.47',
  freeBytes: async () => 5 * 2 ** 30,
  whyNotWritable: async () => undefined,
};

async function check(change: Partial<Machine>, expected: Record<string, string>): Promise<void> {
  const findings = await examine({ ...whole, ...change }, 'runs');

  const amiss = findings.filter(({ state }) => state !== 'ok');
  expect(Object.fromEntries(amiss.map(({ name, state }) => [name, state]))).toEqual(expected);
  expect(amiss.every(({ remedy }) => remedy)).toBe(true);
}

describe('examine', () => {
  it('needs the Node that the package says', () => {
    expect(manifest.engines.node).toBe(`>=${MIN_NODE.join('.')}`);
  });

  it.each<[string, Partial<Machine>, Record<string, string>]>([
    ['nothing amiss', {}, {}],
    ['an old Node', { nodeVersion: 'v22.12.0' }, { 'Node.js': 'missing' }],
    ['a Node that is a little too old', { nodeVersion: 'v24.15.1' }, { 'Node.js': 'missing' }],
    ['a Node of the next age', { nodeVersion: 'v26.0.0' }, {}],
    ['a Node without SQLite', { sqliteVersion: async () => undefined }, { SQLite: 'missing' }],
    [
      'no programs at all',
      { output: async () => undefined },
      { Python: 'missing', git: 'optional', debootstrap: 'optional' },
    ],
    ['a Python too old', { output: async () => 'Python 3.7.1' }, { Python: 'missing' }],
    ['a Python of another age', { output: async () => 'Python 2.7.18' }, { Python: 'missing' }],
    ['a newer Python', { output: async () => 'Python 3.14.0' }, {}],
    ['no Docker', { pingDocker: async () => undefined }, { 'Docker engine': 'optional' }],
    ['a full disk', { freeBytes: async () => 1000 }, { 'disk space': 'missing' }],
    ['a disk of unknown size', { freeBytes: async () => undefined }, {}],
    ['a folder that is not ours', { whyNotWritable: async () => 'EACCES' }, { 'output folder': 'missing' }],
  ])('finds %s', (_, change, expected) => check(change, expected));
});

describe('formatFindings', () => {
  it('puts the remedy below what is missing', async () => {
    const findings = await examine({ ...whole, sqliteVersion: async () => undefined }, 'runs');

    expect(formatFindings(findings.slice(0, 2))).toMatchInlineSnapshot(`
      "ok        Node.js  v24.21.0
      MISSING   SQLite   this Node.js was built without node:sqlite
                         to get it: npm ci (Linux x64), or https://nodejs.org/en/download
      "
    `);
  });
});
