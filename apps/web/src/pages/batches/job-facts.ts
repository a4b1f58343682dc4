import { isTerminalState } from '@batchdesk/shared';
import type { Batch, Job, JobCounts } from '@batchdesk/shared';
import { countFailed } from '../../format/progress.ts';

/** Requests that have no outcome yet. */
export function countOpen({ counts }: Job): number {
  return counts.pending + counts.submitted;
}

/** Requests that ended without success: what a retry takes up. */
export function countRetriable({ counts }: Job): number {
  return countFailed(counts) + counts.cancelled;
}

/** Whether it can be ended early. */
export function canCancel({ status, state }: Job): boolean {
  return status === 'in_progress' && state !== 'cancelling' && !isTerminalState(state);
}

/** Whether something of it can be sent again. */
export function canRetry(job: Job): boolean {
  return job.status !== 'cancelling' && countRetriable(job) > 0;
}

/** Whether it can be deleted: it has ended, and its results are here. */
export function canDelete({ status }: Job): boolean {
  return status === 'completed' || status === 'cancelled';
}

/** Whether there are results to download. */
export function hasResults({ counts }: Job): boolean {
  return counts.succeeded + countFailed(counts) > 0;
}

/** Seconds it took, or has taken so far. */
export function elapsedSeconds({ created_at, finished_at }: Job, now: number): number {
  return Math.max(0, (finished_at ?? now) - created_at);
}

/** The counts of a batch of the provider, as those of a job. */
export function toJobCounts({ total, completed, failed }: Batch['request_counts']): JobCounts {
  const rest = Math.max(0, total - completed - failed);
  return {
    total,
    pending: 0,
    submitted: rest,
    succeeded: completed,
    failed,
    expired: 0,
    cancelled: 0,
    missing: 0,
  };
}
