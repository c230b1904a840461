import { expect, it } from 'vitest';
import { parseJson } from './json.ts';

it.each([
  ['{"a": [1]}', { a: [1] }],
  ['\uFEFF{"a": 1}', { a: 1 }],
  ['null', null],
  ['{"a": ', undefined],
  ['', undefined],
])('reads %j', (text, expected) => {
  expect(parseJson(text)).toEqual(expected);
});
