import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/functions/**/*.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 60_000,
    env: { SEEDS: '60' }, // for each mutant: enough to meet most races, and a seventh of the time
  },
});
