import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import type { DownloadType } from '@batchdesk/shared';
import { findBatchesOfJob, hasSettled, isResultUsed } from '../db/job-batches.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import type { JobFiles } from './job-files.ts';
import { openJobRequests } from './open-job-requests.ts';
import type { JobRequests } from './open-job-requests.ts';

/**
 * A job with the results that are there so far, all on our disk. That is made sure of now: in the middle of a download an
 * error could no longer be told.
 *
 * @throws {BatchdeskError} `job_results_not_ready` when none of its batches has ended; `results_expired` when the answer to
 * a request is neither here nor at the provider; `provider_*`
 */
export async function openJobResults(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>,
  job: StoredJob,
  type: DownloadType,
): Promise<JobRequests> {
  const opened = await openJobRequests(deps, job, []);
  if (!(await hasSettled(deps.db, job.id))) {
    throw new BatchdeskError('job_results_not_ready', { details: { job_id: job.id } });
  }
  const types = RESULT_TYPES.filter((each) => type === 'merged' || type === each);
  for (const { submission_id } of await findBatchesOfJob(deps.db, job.id)) {
    for (const each of types) await keepIfUsed(deps, opened.files, { submission_id, type: each });
  }
  return opened;
}

/** A file that is gone concerns nobody when all that it answered was tried again. */
async function keepIfUsed(
  { db }: Pick<Deps, 'db'>,
  files: JobFiles,
  { submission_id, type }: { submission_id: string; type: (typeof RESULT_TYPES)[number] },
): Promise<void> {
  try {
    await files.find(submission_id, type);
  } catch (error) {
    const isGone = error instanceof BatchdeskError && error.code.startsWith('results_');
    if (!isGone || (await isResultUsed(db, submission_id, type))) throw error;
  }
}
