import { isTerminalState } from '@batchdesk/shared';
import type { DownloadType, Job } from '@batchdesk/shared';
import { countFailed } from '../../format/progress.ts';

/** Whether a batch changes no more by itself: it has ended, and its results are here. */
export function hasEnded(job: Pick<Job, 'status' | 'state'>): boolean {
  return (job.status === 'completed' || job.status === 'cancelled') && isTerminalState(job.state);
}

/** Requests that another try may help, those that were cancelled too. */
export function countUnsuccessful({ counts }: Pick<Job, 'counts'>): number {
  return countFailed(counts) + counts.cancelled;
}

/** The tokens of a batch; null while they are not known: the provider counts none until requests are answered. */
export function usageOf(job: Job): Job['usage'] {
  return !hasEnded(job) && job.usage?.total_tokens === 0 ? null : job.usage;
}

/** What a batch is most likely opened for, in its state. */
export type PrimaryAction = 'cancel' | 'retry' | 'download';

/** The one action that stands first. What failed can be retried where the requests are known, and of batches made elsewhere they are not. */
export function primaryActionOf(job: Job): PrimaryAction {
  if (!isTerminalState(job.state)) return 'cancel';
  if (!hasEnded(job) || job.kind === 'imported') return 'download';
  if (countFailed(job.counts) > 0) return 'retry';
  return job.counts.succeeded === 0 && job.counts.cancelled > 0 ? 'retry' : 'download';
}

/** Why something cannot be downloaded: it is not there yet, it is on its way here, or there is nothing of the kind. */
export type DownloadHindrance = 'running' | 'collecting' | 'nothing';

/** Why results of a kind cannot be downloaded; `null` when they can, as far as they are here. */
export function hindranceOf(job: Job, type: DownloadType): DownloadHindrance | null {
  const { succeeded, failed, expired } = job.counts;
  // A batch that was refused as a whole has no file of errors.
  const errors = job.state === 'failed' ? 0 : failed + expired;
  const counts = { merged: succeeded + countFailed(job.counts), output: succeeded, error: errors };
  // Of batches made elsewhere the provider counts, and results come here with the first who asks, once they have ended.
  const isHere = job.kind !== 'imported' || isTerminalState(job.state);
  if (isHere && counts[type] > 0) return null;
  if (hasEnded(job)) return 'nothing';
  return isTerminalState(job.state) ? 'collecting' : 'running';
}

/** Seconds before expiry from which on it is pressing. */
const PRESSING_SECONDS = 2 * 3_600;

/** Whether the time that a batch has left is short. Both in Unix seconds. */
export function isPressing(expiresAt: number, now: number): boolean {
  return expiresAt - now < PRESSING_SECONDS;
}
