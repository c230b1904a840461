import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { number, percent, table, writeSection } from './markdown.ts';

describe('a table', () => {
  it('aligns columns of numbers to the right', () => {
    expect(
      table(
        ['what', 'ms'],
        [
          ['a', '1,000'],
          ['b', '–'],
        ],
      ),
    ).toBe('| what | ms |\n| --- | --: |\n| a | 1,000 |\n| b | – |');
  });

  it.each([
    [number(1234567.85, 1), '1,234,567.9'],
    [number(Number.NaN), '–'],
    [percent(1, 3), '33.3 %'],
    [percent(0, 0), '–'],
  ])('has %s', (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe('writeSection', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'envmint-markdown-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('replaces its own section and leaves the others as they are', () => {
    const path = join(folder, 'deep', 'RESULTS.md');
    writeSection(path, 'one', 'first');
    writeSection(path, 'two', 'second $& $1');
    writeSection(path, 'one', 'first, again');

    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^# Measurements\n/);
    expect(text).toContain('<!-- begin one -->\nfirst, again\n<!-- end one -->\n');
    expect(text).toContain('<!-- begin two -->\nsecond $& $1\n<!-- end two -->\n');
    expect(text.match(/begin one/g)).toHaveLength(1);
  });
});
