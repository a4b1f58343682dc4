/** Work that runs beside other work, each piece once at a time. */
export interface TaskPool {
  /** How many more may begin. */
  free(): number;
  has(key: string): boolean;
  /** Begins a piece of work unless it is under way or there are too many. */
  start(key: string, work: () => Promise<void>): void;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
}

/** Makes a pool; `onEnd` is called after each piece of work, with what it threw. */
export function createTaskPool(limit: number, onEnd: (error?: unknown) => void): TaskPool {
  const running = new Map<string, Promise<void>>();

  async function run(key: string, work: () => Promise<void>): Promise<void> {
    let failure: unknown;
    try {
      await work();
    } catch (error) {
      failure = error;
    }
    running.delete(key);
    onEnd(failure);
  }

  return {
    free: () => limit - running.size,
    has: (key) => running.has(key),
    start(key, work) {
      if (running.size < limit && !running.has(key)) running.set(key, run(key, work));
    },
    idle: async () => void (await Promise.all(running.values())),
  };
}
