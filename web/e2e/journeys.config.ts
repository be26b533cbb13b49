import { defineConfig } from 'vitest/config';

/** The browser journeys: one after another, against the real binary. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/journeys/**/*.e2e.ts'],
    globalSetup: ['e2e/harness/demo.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
