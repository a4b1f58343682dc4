import type { ListRequests } from '@batchdesk/shared';
import { findBatchesOfJob, findFirstBatch } from '../db/job-batches.ts';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { LedgerScope } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import { createJobFiles } from './job-files.ts';
import type { JobFiles } from './job-files.ts';
import { openRequests } from './open-requests.ts';

/** The requests of a job, each as it is now, and the files that answer them. */
export interface JobRequests {
  scope: LedgerScope;
  input_name: string | null;
  files: JobFiles;
}

/**
 * A job with what is known of its requests. An input that only the provider has is read now; so are the results of a
 * batch made elsewhere.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted the input, `provider_*`
 */
export async function openJobRequests(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>,
  job: StoredJob,
  include: ListRequests['include'],
): Promise<JobRequests> {
  const { id: job_id, kind, total_requests } = job;
  // An input that was handed in here stays here: all others are of one batch.
  const batch = kind === 'job' && total_requests !== null ? null : await findFirstBatch(deps.db, job_id);
  if (batch) await openRequests(deps, batch, include.includes('input') ? ['input'] : []);
  const input_name = batch ? ((await findJob(deps.db, job_id))?.input_name ?? null) : job.input_name;
  const files = createJobFiles(deps, await findBatchesOfJob(deps.db, job_id));
  return { scope: { job_id, submission_id: null }, input_name, files };
}
