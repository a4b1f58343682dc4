import { BatchdeskError } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';
import { saveBatch } from './save-batch.ts';

/** A batch, and whether it is older than asked for because the provider did not answer. */
export interface BatchView {
  batch: Batch;
  stale?: true;
}

/**
 * A batch, asked of the provider first unless `refresh` is false. When the provider does not answer, the stored one.
 *
 * @throws {BatchdeskError} `batch_not_found`; what the provider said when there is no stored one to show instead
 */
export async function getBatch(
  deps: Pick<Deps, 'db' | 'provider'>,
  { batch_id, refresh }: { batch_id: string; refresh: boolean },
): Promise<BatchView> {
  const stored = await findBatch(deps.db, batch_id);
  if (!refresh) {
    if (!stored) throw new BatchdeskError('batch_not_found', { details: { batch_id } });
    return { batch: stored };
  }
  // A batch of the other provider would only get "not found" from this one.
  if (stored && stored.provider !== deps.provider.name) return { batch: stored, stale: true };
  try {
    return { batch: await saveBatch(deps, await deps.provider.retrieveBatch(batch_id)) };
  } catch (error) {
    if (stored && error instanceof BatchdeskError) return { batch: stored, stale: true };
    throw error;
  }
}
