import { isTerminal } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import type { DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';

/** The status of a job whose one batch was made elsewhere: that of the batch, since nothing is done for it here. */
export function endOfImported({ status }: ProviderBatch): { status: Job['status']; finished_at?: number } {
  if (!isTerminal(status)) return { status: 'in_progress' };
  return { status: status === 'cancelled' ? 'cancelled' : 'completed', finished_at: nowSeconds() };
}

/** Ends a job when each of its requests has its outcome and nothing is handed on. Once ended it stays so. */
export async function finishJob(db: DatabaseOrTransaction, jobId: string): Promise<void> {
  const isDone = { id: jobId, kind: { not: 'imported' }, submissions: { none: { settled_at: null } } };
  for (const [from, to] of [
    ['in_progress', 'completed'],
    ['cancelling', 'cancelled'],
  ] as const) {
    const { count } = await db.job.updateMany({
      where: { ...isDone, status: from },
      data: { status: to, finished_at: nowSeconds() },
    });
    if (count > 0) await recordEvent(db, { job_id: jobId, type: 'job.finished', data: { status: to } });
  }
}
