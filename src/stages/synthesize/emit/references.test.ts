import { describe, expect, it } from 'vitest';
import { isListed } from './references.ts';

describe('isListed', () => {
  it.each([
    ['Neither Blue Inn nor Old Mill may stand in `hotel` of any row.', true],
    ['These lines are closed: Blue Inn to Old Mill.', true],
    ['The crews at Blue Inn, Old Mill and Red Lion get an even share.', true],
    ['Whoever stays at Old Mill or Blue Inn, eats there.', false],
    ['At least one night is spent at Blue Inn, and no more than 2.', false],
    ['No night is spent at New Blue Inn and Old Mill.', true],
    ['No night is spent at Blue Inns, Old Mill or Red Lion.', false],
  ])('%s: %s', (clause, expected) => expect(isListed('Blue Inn', clause)).toBe(expected));
});
