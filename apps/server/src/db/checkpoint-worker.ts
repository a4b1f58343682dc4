// The thread that moves what was written from SQLite's log into the database file, see `checkpointer.ts`.
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';

/** Bytes of the log at which it is worth while, and milliseconds between looks at it. */
const LOG_BYTES = 16 << 20;
const LOOK_DELAY_MS = 1_000;

const path = workerData as string;
const connection = new BetterSqlite3(path, { fileMustExist: true });
const timer = setInterval(checkpointIfLarge, LOOK_DELAY_MS);
parentPort?.once('message', () => {
  clearInterval(timer);
  connection.close();
});

function checkpointIfLarge(): void {
  const { size = 0 } = statSync(`${path}-wal`, { throwIfNoEntry: false }) ?? {};
  // Passive: it waits for nobody, and nobody for it.
  if (size >= LOG_BYTES) connection.pragma('wal_checkpoint(PASSIVE)');
}
