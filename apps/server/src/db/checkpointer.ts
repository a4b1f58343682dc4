import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What moves SQLite's log into the database file. */
export interface Checkpointer {
  close(): Promise<void>;
}

/**
 * Checkpoints in a thread of its own. In the main one SQLite would do it within some commit, and its fsync waits until the
 * disk has taken everything else that is being written: half a second beside inputs of 200 MB. Should the thread die, the
 * main connection does it after all, see `isolating-adapter.ts`.
 */
export function startCheckpointer(databasePath: string, onError: (error: unknown) => void): Checkpointer {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
    execArgv: [],
    workerData: databasePath,
  });
  worker.on('error', onError);
  const ended = once(worker, 'exit').catch(() => {});
  return {
    async close() {
      worker.postMessage('close');
      await ended;
    },
  };
}
