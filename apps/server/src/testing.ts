// What tests, benchmarks and scripts start the server with, from outside the package.
export { readConfig } from './config.ts';
export type { Config } from './config.ts';
export { openDatabase } from './db/database.ts';
export type { Database } from './db/database.ts';
export { startServer } from './start-server.ts';
export type { RunningServer } from './start-server.ts';
export { STEPS } from './steps.ts';
export type { Step } from './steps.ts';
