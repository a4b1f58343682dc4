/** Work that is done again and again while the page is looked at. */
export interface Poller {
  /** Does the work now, and goes on from there. */
  run(): Promise<void>;
  stop(): void;
}

/**
 * Repeats `work`, each time `delayMs()` after it ended; `null` pauses until the next `run`. Nothing is done while the tab
 * is hidden; when it is shown again the work is done at once.
 */
export function createPoller(work: () => Promise<void>, delayMs: () => number | null): Poller {
  let timer: number | undefined;
  let isStopped = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    try {
      await work();
    } finally {
      schedule();
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    const delay = delayMs();
    if (isStopped || document.hidden || delay === null) return;
    timer = window.setTimeout(() => void run(), delay);
  }

  function followVisibility(): void {
    clearTimeout(timer);
    if (!document.hidden && delayMs() !== null) void run();
  }

  document.addEventListener('visibilitychange', followVisibility);
  return {
    run,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', followVisibility);
    },
  };
}
