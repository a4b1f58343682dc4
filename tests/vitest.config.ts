import { defineConfig } from 'vitest/config';
import { LongFirst } from './helpers/long-first.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    reporters: ['default', './helpers/summary-reporter.ts'],
    sequence: { sequencer: LongFirst },
    pool: 'forks',
    // As the server itself, see scripts/start.mjs: a file starts many, and each has a Prisma client of its own.
    execArgv: ['--no-wasm-code-gc'],
    maxWorkers: 2,
    maxConcurrency: 6,
    // Several run at once, browsers among them, on two processors.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
