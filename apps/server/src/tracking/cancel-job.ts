import { BatchdeskError } from '@batchdesk/shared';
import { findJob } from '../db/jobs.ts';
import { markCancelling } from '../db/stop-job.ts';
import type { Deps } from '../deps.ts';
import { cancelStopped, endStopped } from './stop-jobs.ts';

/**
 * Ends a job early: what was not sent is not sent any more, its batches are cancelled, and what they answered until then
 * counts. Asking again while it is being cancelled is no error.
 *
 * @throws {BatchdeskError} `job_not_found`, `job_not_cancellable`
 */
export async function cancelJob(deps: Pick<Deps, 'db' | 'provider' | 'log'>, job_id: string): Promise<void> {
  const job = await findJob(deps.db, job_id);
  if (!job) throw new BatchdeskError('job_not_found', { details: { job_id } });
  const isMarked = job.status === 'cancelling' || (await markCancelling(deps.db, job_id, 'user'));
  if (!isMarked) {
    throw new BatchdeskError('job_not_cancellable', { details: { job_id, status: job.status } });
  }
  await endStopped(deps);
  await cancelStopped(deps);
}
