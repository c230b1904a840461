import { expect, it } from 'vitest';
import { homeOf } from './home.ts';

const paths = ['go.mod', 'a.go', 'tools/go.mod', 'tools/b/b.go'];

it.each([
  ['that of the tests, whatever sources change', { tests: ['tools/b/b_test.go'], sources: ['a.go', 'c.go'] }, 'tools'],
  ['that of most tests', { tests: ['tools/b/b_test.go', 'a_test.go', 'c_test.go'] }, ''],
  ['that of other files where no test changes', { support: ['tools/testdata/x'] }, 'tools'],
  ['unknown where no file of these names is above', { tests: ['x_test.go'], paths: ['a.go'] }, undefined],
])('is %s', (_, changed, home) => {
  expect(homeOf({ paths, tests: [], support: [], sources: [], ...changed }, ['go.mod'])).toBe(home);
});
