/** The longest delay setTimeout takes; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Milliseconds since 1970 as OpenAI shows times: whole seconds. */
export function toUnixSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/**
 * Resolves at `dueMs` (milliseconds since 1970) or when `signal` aborts, whichever is first; never rejects.
 * Its timer does not keep the process alive.
 */
export function sleepUntil(dueMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const arm = () => {
      const leftMs = dueMs - Date.now();
      if (leftMs <= 0 || signal.aborted) return finish();
      timer = setTimeout(arm, Math.min(leftMs, longestTimerMs));
      timer.unref();
    };
    signal.addEventListener('abort', finish);
    arm();
  });
}
