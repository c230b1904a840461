import { describe, expect, it } from 'vitest';
import { ownTargets } from './own-targets.ts';

const tests = `
test: test-stream
zstreamtest: zstreamtest.c
\t$(CC) $(FLAGS) $^ -o $@$(EXT)
test-stream-32: zstreamtest32
\t$(QEMU_SYS) ./zstreamtest -t1
test-mem: fuzzer
\t$(VALGRIND) ./zstreamtest -i1
test-stream: zstreamtest
\t@echo stream
\t$(QEMU_SYS) ./zstreamtest$(EXT) -v \\
\t\t--no-big-tests
test-play check-play: datagen
\tEXE=a sh play.sh
run: other
\tcp other ./other.bin
`;

describe('ownTargets', () => {
  const makefiles = new Map([
    ['lib/Makefile', ''],
    ['lib/tests/Makefile', tests],
    ['Makefile', 'high:\n\t./zstreamtest\n'],
  ]);

  it.each([
    ['lib/tests/zstreamtest.c', 'lib', { folder: 'tests', target: 'test-stream', program: 'zstreamtest' }],
    ['lib/tests/deep/zstreamtest.c', 'lib', { folder: 'tests', target: 'test-stream', program: 'zstreamtest' }],
    ['lib/tests/play.sh', '', { folder: 'lib/tests', target: 'test-play', program: 'play.sh' }],
    ['zstreamtest.cpp', '', { folder: '.', target: 'high', program: 'zstreamtest' }],
    ['lib/tests/other.c', 'lib', undefined],
    ['lib/tests/stream.c', 'lib', undefined],
    ['elsewhere/zstreamtest.c', 'lib', undefined],
  ])('of %s in "%s" are those whose commands run it', (path, folder, expected) => {
    expect(ownTargets({ folder, tests: [path], makefiles })).toEqual(expected === undefined ? [] : [expected]);
  });

  it('has each once', () => {
    const twice = ['lib/tests/zstreamtest.c', 'lib/tests/zstreamtest.cpp'];

    expect(ownTargets({ folder: 'lib', tests: twice, makefiles })).toHaveLength(1);
  });
});
