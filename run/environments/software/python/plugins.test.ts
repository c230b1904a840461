import { describe, expect, it } from 'vitest';
import { pluginsOfOptions, pluginsOfTests } from './plugins.ts';

describe('pluginsOfTests', () => {
  it.each([
    ['fixtures of plugins', 'def test_a(fs, mocker: MockerFixture):\n', ['pyfakefs', 'pytest-mock']],
    ["not for a fixture of the file's own", '@fixture\ndef fs():\n  pass\ndef test_a(fs, mocker):\n', ['pytest-mock']],
    [
      'modules, whoever defines a fixture of that name',
      'import requests_mock\ndef requests_mock():\n',
      ['requests-mock'],
    ],
    ['nothing for names that only every object has', 'import constructor\ndef test_a(constructor, toString):\n', []],
  ])('asks for %s', (_, text, expected) => {
    expect(pluginsOfTests(text)).toEqual(expected);
  });
});

describe('pluginsOfOptions', () => {
  it('knows keys, and nothing that only every object has', () => {
    expect(pluginsOfOptions({ asyncio_mode: 'auto', constructor: 'x' })).toEqual(['pytest-asyncio']);
  });
});
