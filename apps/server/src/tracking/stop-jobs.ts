import { BatchdeskError } from '@batchdesk/shared';
import { findOverdueJobs, findUncancelled, findUnsentOfStopped, markCancelling } from '../db/stop-job.ts';
import { endUnsent } from '../db/end-unsent.ts';
import type { UnsentEnd } from '../db/end-unsent.ts';
import { nowSeconds } from '../clock.ts';
import type { Deps } from '../deps.ts';
import { inTurn } from '../share-work.ts';
import { cancelBatch } from './cancel-batch.ts';

/** Submissions and batches that are ended in one round. */
const ROUND = 100;

const CANCELLED: UnsentEnd = {
  status: 'cancelled',
  outcome: 'cancelled',
  code: 'job_cancelled',
  message: 'The job was cancelled before this was sent.',
};
const TOO_LATE: UnsentEnd = {
  status: 'cancelled',
  outcome: 'expired',
  code: 'deadline_passed',
  message: 'The deadline of the job passed before this was sent.',
};

type CancelDeps = Pick<Deps, 'db' | 'provider' | 'log'>;

/** Marks jobs whose deadline has passed, and ends all that was not sent of jobs that are to end early. Asks nobody. */
export async function endStopped({ db, provider }: Pick<Deps, 'db' | 'provider'>): Promise<void> {
  for (const jobId of await findOverdueJobs(db)) await markCancelling(db, jobId, 'deadline');
  for (;;) {
    const unsent = await findUnsentOfStopped(db, provider.name, ROUND);
    for (const { job, ...submission } of unsent) {
      const isLate = job.completion_deadline !== null && job.completion_deadline <= nowSeconds();
      await endUnsent(db, submission, isLate ? TOO_LATE : CANCELLED);
    }
    if (unsent.length < ROUND) return;
  }
}

/** Asks the provider to cancel the batches of jobs that are to end early. What it refuses now it is asked again later. */
export function cancelStopped(deps: CancelDeps): Promise<void> {
  // A caller and the background at once would ask twice.
  return inTurn(deps.db, 'cancelled batches', () => cancelAll(deps));
}

async function cancelAll(deps: CancelDeps): Promise<void> {
  const { db, provider, log } = deps;
  for (const batchId of await findUncancelled(db, provider.name, ROUND)) {
    try {
      await cancelBatch(deps, batchId);
    } catch (error) {
      if (!(error instanceof BatchdeskError)) throw error;
      log.warn({ batch_id: batchId, code: error.code }, 'a batch could not be cancelled; it is tried again');
    }
  }
}
