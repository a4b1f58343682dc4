import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import { recordEvent } from './events.ts';
import type { Submission } from './submissions.ts';

/** Notes that a job is to end early. Whether it was still under way. */
export async function markCancelling(
  db: Database,
  job_id: string,
  reason: 'user' | 'deadline',
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.job.updateMany({
      where: { id: job_id, status: 'in_progress' },
      data: { status: 'cancelling' },
    });
    if (count > 0) await recordEvent(transaction, { job_id, type: 'job.cancelling', data: { reason } });
    return count > 0;
  });
}

/** Jobs whose deadline has passed while they are under way. */
export async function findOverdueJobs(db: Database): Promise<string[]> {
  const rows = await db.job.findMany({
    where: { status: 'in_progress', completion_deadline: { lte: nowSeconds() } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Submissions of jobs that are to end early which nobody has asked the provider to create, at most `limit`. */
export async function findUnsentOfStopped(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<(Submission & { job: { completion_deadline: number | null } })[]> {
  return db.submission.findMany({
    where: {
      provider,
      status: { in: ['planned', 'waiting_for_capacity', 'uploading'] },
      claimed_until: { lt: nowSeconds() },
      job: { status: 'cancelling' },
    },
    include: { job: { select: { completion_deadline: true } } },
    take: limit,
  });
}

/** Batches of jobs that are to end early which are still to be cancelled, at most `limit`. */
export async function findUncancelled(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<string[]> {
  const status = { in: ACTIVE_STATUSES.filter((active) => active !== 'cancelling') };
  const rows = await db.batch.findMany({
    where: { provider, status, job: { status: 'cancelling' } },
    select: { id: true },
    orderBy: { refreshed_at: 'desc' }, // one that the provider knows nothing of holds up no other
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Whether a job is to end early: nothing more of it may be sent. */
export async function isStopped(db: Database, jobId: string): Promise<boolean> {
  return (await db.job.count({ where: { id: jobId, status: 'cancelling' } })) > 0;
}
