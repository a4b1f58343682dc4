/** How much had been sent when. */
export interface SpeedSample {
  atMs: number;
  bytes: number;
}

/** How fast it goes; `null` while that is not known. */
export interface Speed {
  bytesPerSecond: number | null;
  /** Until all is sent. */
  secondsLeft: number | null;
}

/** The time over which the speed is averaged. */
const WINDOW_MS = 5_000;
/** Less says little: the first bytes go to a buffer. */
const SHORTEST_MS = 500;

/** The samples with a further one, without those that no longer count. */
export function addSample(samples: readonly SpeedSample[], sample: SpeedSample): SpeedSample[] {
  const start = sample.atMs - WINDOW_MS;
  // The last one before the window is where the window begins.
  const first = samples.findLastIndex(({ atMs }) => atMs <= start);
  return [...samples.slice(Math.max(0, first)), sample];
}

/** The speed over the samples, and the time that the rest of `totalBytes` takes at it. */
export function measureSpeed(samples: readonly SpeedSample[], totalBytes: number): Speed {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return { bytesPerSecond: null, secondsLeft: null };
  if (last.bytes >= totalBytes) return { bytesPerSecond: toSpeed(first, last), secondsLeft: 0 };
  const bytesPerSecond = toSpeed(first, last);
  const secondsLeft = bytesPerSecond ? Math.ceil((totalBytes - last.bytes) / bytesPerSecond) : null;
  return { bytesPerSecond, secondsLeft };
}

function toSpeed(first: SpeedSample, last: SpeedSample): number | null {
  const elapsedMs = last.atMs - first.atMs;
  return elapsedMs < SHORTEST_MS ? null : (1_000 * (last.bytes - first.bytes)) / elapsedMs;
}
