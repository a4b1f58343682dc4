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
    // Code runs as `npm start` runs it, not as Vite would have it.
    experimental: { viteModuleRunner: false },
    // A third of the time is waiting, on two processors.
    maxWorkers: 3,
    maxConcurrency: 4,
    // A dozen run at once, browsers among them.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
