import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { saveDelivery } from './webhook-deliveries.ts';

/**
 * Makes a batch due to be asked about, because a webhook said so. One that is not known, or has ended, is left alone.
 * Whether this webhook came for the first time: the batch is woken in the same transaction, so that one which failed
 * here is not taken for a duplicate when it comes again.
 */
export async function wakeBatchOnce(
  db: Database,
  { id, batch_id }: { id: string; batch_id: string | null },
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    if (!(await saveDelivery(transaction, id))) return false;
    if (batch_id === null) return true;
    const where = { id: batch_id, status: { in: [...ACTIVE_STATUSES] } };
    await transaction.batch.updateMany({ where, data: { refresh_at: 0 } });
    return true;
  });
}
