import { toDollars } from '@batchdesk/shared';
import type { Batch, Job, SubmissionView } from '@batchdesk/shared';
import { findBatchStatuses, findSubmissionsOfJob } from '../db/job-submissions.ts';
import { summarizeJobs } from '../db/job-summaries.ts';
import type { Submission } from '../db/submissions.ts';
import { findWaitingPlaces } from '../db/waiting-places.ts';
import type { WaitingPlace } from '../db/waiting-places.ts';
import type { Deps } from '../deps.ts';
import { readJobBudgets } from '../pricing/job-budgets.ts';
import { findKnownJob } from './find-known-job.ts';
import { BATCH_IDS, toJobView } from './job-view.ts';
import { isQueued, waitingOf } from './waiting-view.ts';

/** Submissions that a job is shown with. */
const SUBMISSIONS = 1_000;

/** A job and the batches that it is made of, planned ones too. */
export interface JobWithSubmissions {
  job: Job;
  submissions: SubmissionView[];
}

/**
 * A job as it is now.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function getJob(deps: Pick<Deps, 'db'>, jobId: string): Promise<Job> {
  const job = await findKnownJob(deps, jobId);
  const summaries = await summarizeJobs(deps.db, [jobId], { maxBatchIds: BATCH_IDS });
  const budgets = await readJobBudgets(deps, [jobId]);
  return toJobView(job, summaries.get(jobId), budgets.get(jobId));
}

/**
 * A job as it is now, with its submissions and what those wait for.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function getJobWithSubmissions(
  deps: Pick<Deps, 'db'>,
  jobId: string,
): Promise<JobWithSubmissions> {
  const job = await getJob(deps, jobId);
  const submissions = await findSubmissionsOfJob(deps.db, jobId, { limit: SUBMISSIONS });
  const batchIds = submissions.flatMap(({ batch_id }) => batch_id ?? []);
  const statuses = await findBatchStatuses(deps.db, batchIds);
  const waits = submissions.some((submission) => submission.wait_reason && isQueued(submission));
  const places: ReadonlyMap<string, WaitingPlace> = waits
    ? await findWaitingPlaces(deps.db, { job_id: jobId, provider: job.provider })
    : new Map();
  const view = (submission: Submission) =>
    toSubmissionView(submission, statuses.get(submission.batch_id ?? ''), places.get(submission.id));
  return { job, submissions: submissions.map(view) };
}

function toSubmissionView(
  submission: Submission,
  batchStatus: Batch['status'] | undefined,
  place: WaitingPlace | undefined,
): SubmissionView {
  const { id, model, request_count, estimated_tokens, estimate_error, batch_id } = submission;
  const { error_code, error_message, created_at, settled_at } = submission;
  const waiting = waitingOf({ ...submission, blocked_until: place?.blocked_until ?? 0 });
  return {
    id,
    status: submission.status as SubmissionView['status'],
    model,
    request_count,
    estimated_tokens: Number(estimated_tokens),
    estimate_method: submission.estimate_method as SubmissionView['estimate_method'],
    estimate_error,
    estimated_cost: submission.estimated_cost === null ? null : toDollars(submission.estimated_cost),
    batch_id,
    batch_status: batchStatus ?? null,
    waiting: waiting && { ...waiting, position: place?.position ?? null },
    error: error_code === null ? null : { code: error_code, message: error_message ?? '' },
    created_at,
    settled_at,
  };
}
