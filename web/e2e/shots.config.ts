import { defineConfig } from 'vitest/config';

/** A picture of every page of the demo company. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/shots/shots.ts'],
    globalSetup: ['e2e/harness/demo.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
