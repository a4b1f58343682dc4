import { BatchdeskError, retryPolicySchema } from '@batchdesk/shared';
import { BILLING, pauseProvider } from '../capacity/pause-provider.ts';
import { nowSeconds } from '../clock.ts';
import { selectPassing } from '../db/hand-on.ts';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import { countRequests } from '../db/request-groups.ts';
import { endCollected } from '../db/settlements.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { handOn } from './hand-on.ts';

type SettleDeps = Pick<Deps, 'db' | 'provider' | 'log' | 'step'>;

/**
 * Ends a submission whose results are all here: what its job's policy says is tried again goes on to a new submission, the
 * rest has its last outcome. The job ends when this was the last. Done again it comes to the same.
 */
export async function settleBatch(deps: SettleDeps, source: Submission): Promise<void> {
  const { db, step } = deps;
  const job = await findJob(db, source.job_id);
  if (!job) return;
  step('retry.begun');
  const retried = maySend(job) ? await retryPassing(deps, job, source) : 0;
  step('retry.stored');
  await endCollected(db, source, retried);
  step('submission.settled');
}

async function retryPassing(deps: SettleDeps, job: StoredJob, source: Submission): Promise<number> {
  const { attempts, outcomes, codes } = retryPolicySchema.parse(JSON.parse(job.retry ?? '{"attempts":1}'));
  if (attempts === 1) return 0;
  await pauseIfUnpaid(deps, source);
  return handOn(deps, {
    job,
    source,
    selection: selectPassing({ attempts, outcomes, codes }),
    mode: 'again',
  });
}

/** Requests that failed because the account is out of quota would fail again: first it has to be mended. */
async function pauseIfUnpaid(deps: SettleDeps, { id: submission_id }: Submission): Promise<void> {
  const groups = await countRequests(deps.db, { submission_id });
  if (!groups.some(({ error_code }) => error_code !== null && BILLING.test(error_code))) return;
  await pauseProvider(deps, new BatchdeskError('insufficient_quota'));
}

/** Whether a job may send more by itself: one of a single batch never does, nor one that was stopped or is too late. */
export function maySend({ kind, status, completion_deadline }: StoredJob): boolean {
  if (kind !== 'job' || status !== 'in_progress') return false;
  return completion_deadline === null || completion_deadline > nowSeconds();
}
