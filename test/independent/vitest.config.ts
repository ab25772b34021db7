import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/independent/**/*.test.ts'],
    testTimeout: 180_000, // orders expire and are recovered after half a minute, and the emulator is not quick
    hookTimeout: 60_000,
  },
});
