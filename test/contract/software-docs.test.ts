import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../src/domain/instance.ts';
import { gradeReasons } from '../../src/engine/transitions/grade.ts';
import { buildReasons } from '../../src/stages/build/index.ts';
import { validateReasons } from '../../src/stages/validate/index.ts';

const text = await readFile(join(import.meta.dirname, '../../docs/software.md'), 'utf8');

/** What stands in the first column of the table below a heading, without its head. */
function firstColumn(heading: string): string[] {
  const [, section = ''] = text.split(`${heading}\n`);
  const [own = ''] = section.split(/^#/m);
  return [...own.matchAll(/^\| `([a-z-]+)`/gm)].map(([, word = '']) => word);
}

describe('docs/software.md', () => {
  it.each([
    ['### Reasons of `build`', Object.keys(buildReasons)],
    ['### Reasons of `validate`', Object.keys(validateReasons)],
    ['### Controls', [...CONTROLS]],
    ['## Grading', ['no-patch', 'patch-refused', ...Object.keys(gradeReasons), 'negation-passes']],
  ])('tells below "%s" of all there are, in their order', (heading, words) => {
    expect(firstColumn(heading)).toEqual(words);
  });
});
