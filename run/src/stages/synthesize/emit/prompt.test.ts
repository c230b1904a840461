import { describe, expect, it } from 'vitest';
import type { Check } from '../../../domain/task.ts';
import { createRng } from '../../../util/rng.ts';
import { renderPrompt } from './prompt.ts';

const check = (id: string, stage: Check['stage'], says: string): Check => ({
  id,
  says,
  stage,
  sql: 'SELECT 1',
  weight: 1,
  origin: 'frame',
});
const parts = {
  narrative: {
    intro: ['Good morning.', 'We need a plan.'],
    lead: 'It has to keep this:',
    notes: ['Prices are in euros.', 'Days are dates.'],
  },
  checks: [
    check('known', 'integrity', 'Each hotel exists.'),
    check('budget', 'rule', 'All of it costs at most 5.00 EUR.'),
    check('once', 'rule', 'No hotel twice.'),
  ],
  schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'array' },
  example: [{ hotel: '<hotel name>' }],
};
const render = (seed: string): string => renderPrompt(parts, createRng(seed));

describe('renderPrompt', () => {
  it('says every check as a clause of its own, once, and nothing else as a clause', () => {
    const clauses = render('a')
      .split('\n')
      .filter((line) => line.startsWith('- '));

    expect(clauses).toEqual(['- All of it costs at most 5.00 EUR.', '- No hotel twice.', '- Each hotel exists.']);
  });

  it('shows the schema and the example as JSON, and names the tool that ends the work', () => {
    const text = render('b');
    const blocks = [...text.matchAll(/```json\n(.*)\n```/g)].map(([, json]) => JSON.parse(json as string));

    expect(blocks).toEqual([{ type: 'array' }, [{ hotel: '<hotel name>' }]]);
    expect(text).toContain('submit_result');
    for (const said of [...parts.narrative.intro, parts.narrative.lead, ...parts.narrative.notes])
      expect(text).toContain(said);
  });

  it('varies in wording with the seed, and only with it', () => {
    const texts = new Set(Array.from({ length: 30 }, (_, i) => render(String(i))));

    expect(render('c')).toBe(render('c'));
    expect(texts.size).toBeGreaterThan(5);
  });
});
