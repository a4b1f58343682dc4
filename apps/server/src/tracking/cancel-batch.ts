import { BatchdeskError, canCancel } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';
import { saveBatch } from './save-batch.ts';

/**
 * Asks the provider to cancel a batch. Asking again while it is being cancelled is no error.
 *
 * @throws {BatchdeskError} `batch_not_found`, `batch_not_cancellable`, `provider_*`
 */
export async function cancelBatch(deps: Pick<Deps, 'db' | 'provider'>, batchId: string): Promise<Batch> {
  const stored = await findBatch(deps.db, batchId);
  if (stored) refuseIfOver(stored);
  try {
    return await saveBatch(deps, await deps.provider.cancelBatch(batchId));
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'provider_rejected') throw error;
    // It ended, or a cancellation whose answer was lost was the one that worked: its state tells.
    const batch = await saveBatch(deps, await deps.provider.retrieveBatch(batchId));
    if (batch.status !== 'cancelled') refuseIfOver(batch);
    return batch;
  }
}

function refuseIfOver({ id, status }: Batch): void {
  if (canCancel(status) || status === 'cancelling') return;
  throw new BatchdeskError('batch_not_cancellable', { details: { batch_id: id, status } });
}
