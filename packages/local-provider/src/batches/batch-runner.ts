import { createWorkQueue } from '../work-queue.ts';
import { sleepUntil } from '../time.ts';
import { advanceBatch, type AdvanceParts } from './advance-batch.ts';
import { isTerminal } from './batch-record.ts';

/** Takes batches through their lives, whether anybody asks for them or not. */
export interface BatchRunner {
  /** Begins to run a stored batch. */
  start(id: string): void;
  /** Makes a batch look at its record again, after it was changed from outside. */
  wake(id: string): void;
  /** Stops all batches where they are and waits for the work on them to end. */
  close(): Promise<void>;
}

/** Two large files at a time keep the memory small and one slow batch from holding up the others. */
const concurrentFiles = 2;
const retryAfterMs = 1000;

/** A runner that goes on at once with all batches that are not finished. */
export function startBatchRunner(parts: Omit<AdvanceParts, 'queue'>): BatchRunner {
  const advanceParts = { ...parts, queue: createWorkQueue(concurrentFiles) };
  const closing = new AbortController();
  const runs = new Set<Promise<void>>();
  const wakers = new Map<string, AbortController>();

  async function run(id: string): Promise<void> {
    while (!closing.signal.aborted) {
      const record = parts.batches.get(id);
      if (!record || isTerminal(record.status)) break;
      const waker = new AbortController();
      wakers.set(id, waker);
      try {
        await advanceBatch(advanceParts, record, { closing: closing.signal, woken: waker.signal });
      } catch {
        // Closing, or the disk is full or gone. The batch keeps its status, and the step is tried again.
        await sleepUntil(Date.now() + retryAfterMs, waker.signal);
      }
    }
    wakers.delete(id);
  }

  const runner: BatchRunner = {
    start(id) {
      const promise = run(id).finally(() => runs.delete(promise));
      runs.add(promise);
    },
    wake(id) {
      wakers.get(id)?.abort();
    },
    async close() {
      closing.abort();
      for (const waker of wakers.values()) waker.abort();
      await Promise.all(runs);
    },
  };
  for (const { id, status } of parts.batches.all()) if (!isTerminal(status)) runner.start(id);
  return runner;
}
