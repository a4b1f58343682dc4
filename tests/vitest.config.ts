import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    reporters: ['default', './helpers/summary-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
