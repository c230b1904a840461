import { defineConfig } from 'vitest/config';

// CI draws the same examples every time; a developer draws new ones, and can repeat them by the printed seed.
const seed = process.env.FC_SEED ?? (process.env.CI ? '20241105' : String(Date.now() % 2 ** 31));
if (!process.env.FC_SEED) console.log(`fast-check seed ${seed} (repeat with FC_SEED=${seed})`);
process.env.FC_SEED = seed;

const shared = {
  // As many as there are processors: the default leaves one to whoever waits.
  maxWorkers: '100%',
  env: { FC_SEED: seed },
  setupFiles: ['test/setup.ts'],
  unstubEnvs: true,
  restoreMocks: true,
};

// A machine that counts tests names a file here; people read the terminal.
const report = process.env.ENVMINT_TEST_REPORT;

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          testTimeout: 60_000,
          include: ['{src,environments,bench,scripts,test/fakes}/**/*.test.ts'],
        },
      },
      { test: { ...shared, name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          ...shared,
          name: 'docker',
          include: ['test/docker/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
