import type { JobCounts } from '@batchdesk/shared';

/** Parts of a bar, in percent of its width. */
export interface Segments {
  succeeded: number;
  /** Failed, expired or missing. */
  failed: number;
  cancelled: number;
}

/** Requests of a job that ended without an answer that counts. */
export function countFailed({ failed, expired, missing }: JobCounts): number {
  return failed + expired + missing;
}

/** How much of a job has which outcome. Counts that do not add up never overflow the bar. */
export function toSegments(counts: JobCounts): Segments {
  const { total, succeeded, cancelled } = counts;
  const failed = countFailed(counts);
  const whole = Math.max(total, succeeded + failed + cancelled);
  if (whole === 0) return { succeeded: 0, failed: 0, cancelled: 0 };
  const share = (count: number) => (count / whole) * 100;
  return { succeeded: share(succeeded), failed: share(failed), cancelled: share(cancelled) };
}
