import { defineConfig } from 'vitest/config';

/** The pictures of docs/guide. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/guide/pictures.ts'],
    globalSetup: ['e2e/harness/demo.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
