import { describe, expect, it } from 'vitest';
import { findToken, parseHosts } from './token.ts';

const hosts =
  'github.com:\n    user: ada\n    oauth_token: abc\n    git_protocol: https\ncode.example:\n    oauth_token: "def"\n';

describe('findToken', () => {
  it.each([
    ['https://github.com', { GITHUB_TOKEN: 'a', GH_TOKEN: 'b', GH_ENTERPRISE_TOKEN: 'c' }, 'a'],
    ['https://github.com', { GH_TOKEN: ' b ' }, 'b'],
    ['https://code.example', { GITHUB_TOKEN: 'a', GH_ENTERPRISE_TOKEN: 'c' }, 'c'],
    ['https://code.example', { GITHUB_TOKEN: 'a' }, 'a'],
    ['https://github.com', { GITHUB_TOKEN: '' }, undefined],
  ])('for %s of %j', async (site, env, token) => {
    expect(await findToken(site, { ...env, GH_CONFIG_DIR: '/nonexistent' })).toBe(token);
  });
});

describe('parseHosts', () => {
  it.each([
    ['github.com', 'abc'],
    ['code.example', 'def'],
    ['other.example', undefined],
  ])('finds the token of %s', (host, token) => {
    expect(parseHosts(hosts, host)).toBe(token);
  });
});
