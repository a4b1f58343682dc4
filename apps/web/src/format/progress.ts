import type { Job, JobCounts } from '@batchdesk/shared';

/** Parts of a bar, in percent of its width. */
export interface Segments {
  succeeded: number;
  /** Failed, expired or missing. */
  failed: number;
  cancelled: number;
  /** By the provider; what came of it is not here yet. */
  answered: number;
}

/** Requests of a job that ended without an answer that counts. */
export function countFailed({ failed, expired, missing }: JobCounts): number {
  return failed + expired + missing;
}

/** Requests that the provider is done with in batches whose results are not here yet. */
export function countAnswered({ answered }: Pick<Job, 'answered'>): number {
  return answered.completed + answered.failed;
}

/** How much of a job has which outcome, and how much is `answered`. Counts that do not add up never overflow the bar. */
export function toSegments(counts: JobCounts, answered = 0): Segments {
  const { total, succeeded, cancelled } = counts;
  const failed = countFailed(counts);
  const whole = Math.max(total, succeeded + failed + cancelled + answered);
  if (whole === 0) return { succeeded: 0, failed: 0, cancelled: 0, answered: 0 };
  const share = (count: number) => (count / whole) * 100;
  return {
    succeeded: share(succeeded),
    failed: share(failed),
    cancelled: share(cancelled),
    answered: share(answered),
  };
}
