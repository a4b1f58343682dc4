import { WINDOW_GRACE_SECONDS } from '../batch-clock.ts';
import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import { recordEvent } from './events.ts';

/** Flags active batches that are beyond their window, whether or not the provider answers when asked about them. */
export async function flagOverdue(db: Database, provider: string): Promise<void> {
  const latest = nowSeconds() - WINDOW_GRACE_SECONDS;
  const overdue = await db.batch.findMany({
    where: {
      provider,
      status: { in: ['validating', 'in_progress', 'finalizing', 'cancelling'] },
      stuck: null,
      expires_at: { lt: latest },
    },
    select: { id: true, job_id: true },
  });
  for (const { id, job_id } of overdue) {
    await db.$transaction(async (transaction) => {
      await transaction.batch.update({ where: { id }, data: { stuck: 'window' } });
      await recordEvent(transaction, {
        job_id,
        batch_id: id,
        type: 'batch.stuck',
        data: { reason: 'window' },
      });
    });
  }
}
