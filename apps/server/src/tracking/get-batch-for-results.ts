import { isTerminal } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';
import { getBatch } from './get-batch.ts';

/**
 * A batch for reading its results: as stored when they are here already, otherwise asked of the provider, because it may
 * have ended a moment ago.
 *
 * @throws {BatchdeskError} `batch_not_found`, `provider_*`
 */
export async function getBatchForResults(
  deps: Pick<Deps, 'db' | 'provider'>,
  batch_id: string,
): Promise<Batch> {
  const stored = await findBatch(deps.db, batch_id);
  const isNamed =
    stored && isTerminal(stored.status) && (stored.output_file_id ?? stored.error_file_id) !== null;
  return isNamed ? stored : (await getBatch(deps, { batch_id, refresh: true })).batch;
}
