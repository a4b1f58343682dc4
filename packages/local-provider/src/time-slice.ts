/** Lets long work give way to everything else on the event loop. */
export interface TimeSlice {
  /** True once the current slice is used up. Cheap: call it for every line. */
  isOver(): boolean;
  /** Gives way once, then starts a new slice. Throws the signal's reason if it was aborted. */
  giveWay(): Promise<void>;
}

/** Short enough that a server sharing the process does not feel it. */
const sliceMs = 8;

/** A time slice for one piece of long work, which `signal` can end. */
export function createTimeSlice(signal: AbortSignal): TimeSlice {
  let startedAt = performance.now();
  return {
    isOver: () => performance.now() - startedAt > sliceMs,
    async giveWay() {
      // A timer rather than setImmediate alone would cost a millisecond a slice; setImmediate lets I/O in first.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      startedAt = performance.now();
    },
  };
}
