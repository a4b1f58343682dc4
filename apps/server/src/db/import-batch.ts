import type { Batch } from '@batchdesk/shared';
import { newId } from '../ids.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { insertBatch } from './batches.ts';
import type { Database } from './database.ts';
import { endOfImported } from './end-of-job.ts';
import { recordEvent } from './events.ts';

/** Stores a batch that was made elsewhere, with a job of its own. */
export async function importBatch(
  db: Database,
  batch: ProviderBatch,
  provider: Batch['provider'],
): Promise<Batch> {
  const id = newId('job');
  const { endpoint, completion_window, created_at } = batch;
  const metadata = batch.metadata && JSON.stringify(batch.metadata);
  return db.$transaction(async (transaction) => {
    await transaction.job.create({
      data: {
        id,
        kind: 'imported',
        provider,
        endpoint,
        completion_window,
        metadata,
        created_at,
        ...endOfImported(batch),
      },
    });
    await recordEvent(transaction, { job_id: id, batch_id: batch.id, type: 'batch.imported' });
    return insertBatch(transaction, batch, { job_id: id, provider, isImported: true });
  });
}
