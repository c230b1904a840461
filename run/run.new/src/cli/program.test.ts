import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createFakeDeps, envmint } from '../../test/fakes/cli.ts';
import { BoundaryError } from '../domain/boundary.ts';
import { MissingError, UsageError } from '../util/errors.ts';
import { commands, loadCommands } from './commands.ts';
import { exitOfError, exitOfSummary } from './exit.ts';
import { addRunOptions, parseRanges } from './options.ts';

describe('runCli', () => {
  it('shows the help with examples and exit codes when nothing is asked', async () => {
    const { code, stdout } = await envmint([]);

    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('130  interrupted');
  });

  it('says its version', async () => {
    expect(await envmint(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it.each([[['frobnicate']], [['doctor', '--nope']], [['doctor', '--out']], [['doctor', 'extra']]])(
    'calls %j a wrong usage, without a stack',
    async (argv) => {
      const { code, stderr } = await envmint(argv);

      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: /);
      expect(stderr).not.toContain('    at ');
    },
  );

  it('has examples in the help of every command', async () => {
    const program = new Command();
    for (const add of await loadCommands([])) add(program, { ...createFakeDeps(), exitWith: () => {} });

    for (const command of program.commands) {
      let help = '';
      const writeOut = (text: string) => {
        help += text;
      };
      command.configureOutput({ writeOut }).outputHelp();
      expect(help, command.name()).toContain(`$ envmint ${command.name()}`);
    }
  });
});

describe('loadCommands', () => {
  it('loads each command alone by its own name', async () => {
    for (const name of Object.keys(commands)) {
      const program = new Command();
      for (const add of await loadCommands([name, '--help'])) add(program, { ...createFakeDeps(), exitWith: () => {} });

      expect(program.commands.map((command) => command.name())).toEqual([name]);
    }
  });

  it.each([[[]], [['--help']], [['help', 'synth']], [['constructor']]])('loads all for %j', async (argv) => {
    expect(await loadCommands(argv)).toHaveLength(Object.keys(commands).length);
  });
});

describe('exitOfError', () => {
  it.each([
    [new UsageError('--levels 9: give 1 to 8'), 2, '--levels 9: give 1 to 8'],
    [new MissingError('no python3'), 3, 'no python3'],
    [new BoundaryError('disk', 'the disk is full'), 3, 'the disk is full'],
    [new BoundaryError('model', 'no answer'), 1, 'no answer'],
  ])('gives %s its code and its message without a stack', (error, code, message) => {
    expect(exitOfError(error)).toEqual({ code, message });
  });

  it('shows a bug with its stack and its cause', () => {
    const { code, message } = exitOfError(new TypeError('no x', { cause: new Error('deep') }));

    expect(code).toBe(1);
    expect(message).toMatch(/bug in envmint\nTypeError: no x\n {4}at [\s\S]*Caused by: Error: deep/);
    expect(exitOfError('text').message).toContain('text');
  });
});

describe('exitOfSummary', () => {
  const stage = { stage: 's', version: '1', inputs: 2, kept: 1, rejected: { dull: 1 }, failed: {} };

  it('is 0 with rejections, 1 with failures, 130 when interrupted', () => {
    expect(exitOfSummary({ v: 1, state: 'done', stages: [stage] })).toBe(0);
    expect(exitOfSummary({ v: 1, state: 'done', stages: [{ ...stage, failed: { worker: 1 } }] })).toBe(1);
    expect(exitOfSummary({ v: 1, state: 'interrupted', stages: [{ ...stage, failed: { worker: 1 } }] })).toBe(130);
  });
});

describe('addRunOptions', () => {
  function parse(...argv: string[]): unknown {
    const command = addRunOptions(new Command('x'))
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    return command.parse(argv, { from: 'user' }).opts();
  }

  it('fills in every default', () => {
    expect(parse()).toEqual({ out: 'runs', jobs: expect.any(Number), retryFailed: false, json: false });
  });

  it.each([
    [['-j', '0']],
    [['-j', '1.5']],
    [['-j', 'two']],
    [['-j', '-1']],
    [['--run-id', '../x']],
    [['--run-id', '']],
  ])('refuses %j', (argv) => {
    expect(() => parse(...argv)).toThrow();
  });
});

describe('parseRanges', () => {
  it.each([
    ['3', [3]],
    ['1-8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['5,1-2,2', [1, 2, 5]],
  ])('reads %s', (text, numbers) => {
    expect(parseRanges(1, 8)(text)).toEqual(numbers);
  });

  it.each(['', '0', '9', '1-9', '3-1', '1-2-3', '1,', 'a', '1..3'])('refuses %j', (text) => {
    expect(() => parseRanges(1, 8)(text)).toThrow(/Give a/);
  });
});
