import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'local/test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/independent/**', 'node_modules/**'],
    // Two files at once on two cores: more would only make the timing of the others worse.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'test/artefacts/results.json' },
  },
});
