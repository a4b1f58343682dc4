import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import type { JobSearch } from '@batchdesk/shared';
import { findBatchesOfJob } from '../db/job-batches.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { openJobRequests } from './open-job-requests.ts';
import type { JobRequests } from './open-job-requests.ts';

/**
 * A job with what of it can be searched, all on our disk: that is made sure of now, since in the middle of an answer an
 * error could no longer be told. A result file that is gone has no text to be found.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted the input, `provider_*`
 */
export async function openJobSearch(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>,
  job: StoredJob,
  parts: JobSearch['in'],
): Promise<JobRequests> {
  const opened = await openJobRequests(deps, job, parts.includes('input') ? ['input'] : []);
  const files: JobRequests['files'] = {
    ...opened.files,
    find: (submissionId, type) => opened.files.find(submissionId, type).catch(nullIfGone),
  };
  if (parts.includes('answer')) {
    for (const { submission_id } of await findBatchesOfJob(deps.db, job.id)) {
      for (const type of RESULT_TYPES) await files.find(submission_id, type);
    }
  }
  return { ...opened, files };
}

function nullIfGone(error: unknown): null {
  if (error instanceof BatchdeskError && error.code.startsWith('results_')) return null;
  throw error;
}
