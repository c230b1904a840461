import { validate } from '@octokit/graphql-schema';
import { describe, expect, it } from 'vitest';
import { queries } from './queries.ts';

describe('queries', () => {
  it.each(Object.entries(queries))('%s is valid by the published schema', (_, query) => {
    expect(validate(query).map(String)).toEqual([]);
  });
});
