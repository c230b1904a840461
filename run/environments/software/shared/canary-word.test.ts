import { expect, it } from 'vitest';
import { toCanaryWord } from './canary-word.ts';

it('is a name in any language, whatever the nonce is', () => {
  expect(toCanaryWord('7F-3a_Z')).toBe('x7f3az');
});
