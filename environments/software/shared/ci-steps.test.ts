import { describe, expect, it } from 'vitest';
import { parseCi } from './ci.ts';

const WORKFLOW = `
env:
  LEVEL: 8
  GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
jobs:
  lint:
    steps:
      - run: make lint
  test:
    strategy:
      matrix:
        engine: [fast, exact]
        include:
          - engine: odd
            mode: strict
    env: { PATH: /evil, LD_PRELOAD: x, 'A B': c, MODE: "\${{ matrix.mode }}", HOST: "\${{ runner.os }}" }
    steps:
      - run: make test
        env: { ENGINE: "\${{ matrix.engine }}-1", LEVEL: 9 }
  database:
    services: { postgres: { image: postgres } }
    steps:
      - run: make test
`;

describe('steps of a workflow', () => {
  it('have the variables around them, with the first value of the matrix, and none that is unknown or not theirs to set', () => {
    expect(parseCi('.github/workflows/ci.yml', WORKFLOW).steps).toEqual([
      { run: 'make lint', env: { LEVEL: '8' }, isServed: false },
      { run: 'make test', env: { LEVEL: '9', MODE: 'strict', ENGINE: 'fast-1' }, isServed: false },
      { run: 'make test', env: { LEVEL: '8' }, isServed: true },
    ]);
  });
});
