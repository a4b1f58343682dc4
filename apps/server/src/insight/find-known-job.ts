import { BatchdeskError } from '@batchdesk/shared';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';

/**
 * A job as stored.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function findKnownJob({ db }: Pick<Deps, 'db'>, job_id: string): Promise<StoredJob> {
  const job = await findJob(db, job_id);
  if (!job) throw new BatchdeskError('job_not_found', { details: { job_id } });
  return job;
}
