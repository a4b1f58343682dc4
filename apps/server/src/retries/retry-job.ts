import { BatchdeskError } from '@batchdesk/shared';
import type { RetryJob } from '@batchdesk/shared';
import type { NewIdempotencyKey } from '../db/idempotency-keys.ts';
import { selectUnsuccessful } from '../db/hand-on.ts';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import { findSettledOfJob } from '../db/job-submissions.ts';
import { endRetried, noteRetried } from '../db/settlements.ts';
import type { Deps } from '../deps.ts';
import { onceForKey } from '../once-for-key.ts';
import { inTurn } from '../share-work.ts';
import { handOn } from './hand-on.ts';

/** Which job, what of it, and a key under which the call may come again. */
export interface RetryJobCommand extends RetryJob {
  job_id: string;
  idempotency_key?: string | undefined;
}

type RetryDeps = Pick<Deps, 'db' | 'provider' | 'log' | 'step'>;

/**
 * Sends again what did not succeed in a job, or what of it the command names: requests of batches that have ended and were
 * settled. A job that had ended goes on; each request keeps counting its attempts.
 *
 * @throws {BatchdeskError} `job_not_found`, `nothing_to_retry`, `job_not_finished` while it is being cancelled
 */
export async function retryJob(deps: RetryDeps, command: RetryJobCommand): Promise<void> {
  const { idempotency_key: key, ...which } = command;
  const call = { key, operation: 'job.retry', content: which };
  // The key is looked at in turn, too: of two calls at once the second would find nothing left to send again.
  return inTurn(deps.db, `retry of ${command.job_id}`, () =>
    onceForKey(deps.db, call, {
      again: () => Promise.resolve(),
      first: (idempotency) => retry(deps, which, idempotency),
    }),
  );
}

async function retry(
  deps: RetryDeps,
  { job_id, ...which }: Omit<RetryJobCommand, 'idempotency_key'>,
  idempotency: NewIdempotencyKey | null,
): Promise<void> {
  const { db } = deps;
  const job = await findJob(db, job_id);
  if (!job) throw new BatchdeskError('job_not_found', { details: { job_id } });
  if (job.status === 'cancelling') {
    throw new BatchdeskError('job_not_finished', { details: { job_id, status: job.status } });
  }
  const retried = await handOnAll(deps, job, which);
  if (retried === 0) throw new BatchdeskError('nothing_to_retry', { details: { job_id } });
  await noteRetried(db, job_id, { requests: retried, idempotency });
}

async function handOnAll(deps: RetryDeps, job: StoredJob, which: RetryJob): Promise<number> {
  const selection = selectUnsuccessful(which);
  let retried = 0;
  for (const source of await findSettledOfJob(deps.db, job.id)) {
    const handed = await handOn(deps, { job, source, selection, mode: 'again' });
    if (handed > 0) await endRetried(deps.db, source);
    retried += handed;
  }
  return retried;
}
