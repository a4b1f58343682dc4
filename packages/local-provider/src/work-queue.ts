/** Runs tasks in the order given, a few at a time. */
export interface WorkQueue {
  /** Resolves or rejects as the task does, once its turn came. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** A queue that runs at most `concurrency` tasks at once, so that many large batches do not add up in memory. */
export function createWorkQueue(concurrency: number): WorkQueue {
  const waiting: (() => void)[] = [];
  let free = concurrency;
  return {
    async run(task) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
