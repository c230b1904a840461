import { describe, expect, it } from 'vitest';
import { dayOf, normaliseName } from './normalise.ts';

const day = dayOf('2024-03-05T10:00:00');

function check(name: string, expected: string): void {
  expect(normaliseName(name, day)).toBe(expected);
}

describe('normaliseName', () => {
  it.each([
    ['repr <Foo object at 0x7f3a5c1e84d0>', 'repr <Foo object at 0x~>'],
    ['heap 0xc000123abc', 'heap 0x~'],
    ['Equal((func()_int)(0x659fc0),_(*a.Error)(0x9a57e0))', 'Equal((func()_int)(0x~),_(*a.Error)(0x~))'],
    ['writes /tmp/pytest-of-root/pytest-0/test_a0/out.txt', 'writes /tmp/pytest-of-root/~/~/out.txt'],
    ['opens /tmp/junit8812741.tmp.', 'opens /tmp/~'],
    ['src in /testbed/tests/a.test.ts', 'src in tests/a.test.ts'],
    ['id 9b2d6a1e-33a4-4c7e-9d53-0b1f9f0c7e11', 'id ~'],
    ['now 2024-03-05T10:11:12.123456+00:00', 'now ~'],
    ['since 2024-03-04', 'since ~'],
    ['stamp 20240305-101112', 'stamp ~'],
    ['epoch 1709633472123', 'epoch ~'],
    ['dials http://localhost:45123/a', 'dials http://localhost:~/a'],
    ['of org.acme.Entry@6d06d69c', 'of org.acme.Entry@~'],
    ['of [I@1b2c3d4e', 'of [I@~'],
    ['of a.B$$Lambda$31/0x000000080012abcd@1b2c3d4e', 'of a.B$$Lambda~@~'],
    ['\u001b[32mgreen\u001b[39m  twice\n', 'green twice'],
    ['ends (0.12s)', 'ends'],
    ['ends # time=12.5ms', 'ends'],
    ['kills pid 4711', 'kills pid ~'],
  ])('takes what changes out of %j', (name, expected) => check(name, expected));

  it.each([
    'masks 0xFFFFFFFF and 0x7fffffff',
    'casts (char)(0x41) and f(0x659fc0)',
    'parses 1999-12-31T23:59:59Z',
    'parses 2024-03-09',
    'reads /tmp/fixed/name',
    'nil 00000000-0000-0000-0000-000000000000',
    'version 6ba7b811-9dad-51d1-80b4-00c04fd430c8',
    'connects to localhost:8080',
    'mails john@example.org',
    'installs left-pad@1.3.0',
    'waits (500 ms)',
    'buys 12.50 MB of memory',
    'adds 1234567890 and 1',
    'is at /testbed',
  ])('leaves %j as it is', (name) => check(name, name));

  it('knows no day without a timestamp', () => {
    expect(dayOf(undefined)).toBeUndefined();
    expect(normaliseName('now 2024-03-05', undefined)).toBe('now 2024-03-05');
  });
});
