import { expect, it } from 'vitest';
import { toAddresses } from './addresses.ts';

it.each([
  ['https://github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
  ['https://github.com/', 'https://api.github.com', 'https://api.github.com/graphql'],
  ['https://octo.ghe.com', 'https://api.octo.ghe.com', 'https://api.octo.ghe.com/graphql'],
  ['https://code.example', 'https://code.example/api/v3', 'https://code.example/api/graphql'],
  ['http://localhost:8080', 'http://localhost:8080/api/v3', 'http://localhost:8080/api/graphql'],
])('knows the addresses of %s', (site, rest, graphql) => {
  expect(toAddresses(site)).toMatchObject({ rest, graphql });
});

it.each(['github.com', 'ftp://github.com', ''])('refuses %j', (site) => {
  expect(() => toAddresses(site)).toThrow('no address of a GitHub');
});
