import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work that is done again and again. It never overlaps itself. */
export interface Runner {
  /** Begins the next round now. */
  notify(): void;
  /** Ends the work; waits for the round that is under way. */
  stop(): Promise<void>;
}

/** What to do, and how long to wait after it failed. */
export interface RunnerOptions {
  /** One round; returns milliseconds until the next. */
  tick: (signal: AbortSignal) => Promise<number>;
  /** Called with what a round threw. */
  onError: (error: unknown) => void;
  /** Milliseconds to wait after a failure: doubled each time in a row, up to 64 times as long. */
  retryDelayMs: number;
}

/** Starts work that is done again and again, until it is stopped. */
export function startRunner({ tick, onError, retryDelayMs }: RunnerOptions): Runner {
  const controller = new AbortController();
  const { signal } = controller;
  let failures = 0;
  let wake = Promise.withResolvers<void>();

  async function round(): Promise<number> {
    try {
      const delayMs = await tick(signal);
      failures = 0;
      return delayMs;
    } catch (error) {
      if (!signal.aborted) onError(error);
      const delayMs = retryDelayMs * 2 ** Math.min(failures, 6);
      failures += 1;
      return delayMs;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      const delayMs = await round();
      // A round of database work alone waits for nothing: notified each time, it would let nobody else have a turn.
      await nextTurn();
      const timer = setTimeout(() => wake.resolve(), delayMs);
      await wake.promise;
      clearTimeout(timer);
    }
  }

  const ended = run();
  return {
    notify: () => wake.resolve(),
    async stop() {
      controller.abort();
      wake.resolve();
      await ended;
    },
  };
}
