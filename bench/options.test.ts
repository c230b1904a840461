import { describe, expect, it } from 'vitest';
import { HELP, parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('asks for the published run where nothing is said', () => {
    expect(parseOptions([])).toMatchObject({
      environments: 1827,
      domains: ['travel-planning', 'exam-timetabling', 'job-shop'],
      run: undefined,
      results: 'bench/RESULTS.md',
    });
  });

  it('reads numbers and lists', () => {
    const options = parseOptions(['--environments', '3', '--domains', 'job-shop', '--tasks-per-environment', '2.5']);

    expect(options).toMatchObject({ environments: 3, domains: ['job-shop'], tasksPerEnvironment: 2.5 });
  });

  it.each([['0'], ['-1'], ['many'], ['']])('refuses %j environments', (text) => {
    expect(() => parseOptions([`--environments=${text}`])).toThrow(/--environments.*above 0/);
  });

  it('refuses what it does not know, and has a help that names every option', () => {
    expect(() => parseOptions(['--enviroments', '3'])).toThrow();
    expect(parseOptions(['--help'])).toBeUndefined();
    for (const name of [
      'environments',
      'domains',
      'levels',
      'seed',
      'jobs',
      'out',
      'run',
      'sample',
      'python',
      'results',
    ])
      expect(HELP).toContain(`--${name}`);
  });
});
