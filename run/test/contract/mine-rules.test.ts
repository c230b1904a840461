import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeSettings, judgeReasons } from '../../src/stages/judge/index.ts';
import { mineReasons } from '../../src/stages/mine/index.ts';

describe('docs/mine-rules.md', () => {
  it('lists every reason with its meaning, every setting with its default, and no other', async () => {
    const text = await readFile(new URL('../../docs/mine-rules.md', import.meta.url), 'utf8');
    const tables = text
      .slice(text.indexOf('## Reasons of'))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      // The formatter pads cells to the width of their column.
      .map((line) => line.replace(/ +\|/g, ' |'));

    const reasons = Object.entries({ ...mineReasons, ...judgeReasons }).map(
      ([name, says]) => `| \`${name}\` | ${says} |`,
    );
    const settings = describeSettings().map(({ name, byDefault, says }) => {
      const value = byDefault === '' ? 'none' : byDefault.replaceAll(',', ', ');
      return `| \`${name}\` | ${value} | ${says} |`;
    });
    expect(tables).toEqual([...reasons, ...settings]);
  });
});
