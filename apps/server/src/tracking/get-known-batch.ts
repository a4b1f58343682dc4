import type { Batch } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';
import { getBatch } from './get-batch.ts';

/**
 * A batch as it is stored; one that we have never met is asked of the provider.
 *
 * @throws {BatchdeskError} `batch_not_found`, `provider_*`
 */
export async function getKnownBatch(deps: Pick<Deps, 'db' | 'provider'>, batch_id: string): Promise<Batch> {
  return (await findBatch(deps.db, batch_id)) ?? (await getBatch(deps, { batch_id, refresh: true })).batch;
}
