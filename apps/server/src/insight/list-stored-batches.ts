import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ListBatches } from '@batchdesk/shared';
import { pageBatches } from '../db/batch-pages.ts';
import { findBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';

/**
 * A page of the batches in the database, newest first, and how many match in all where that is known.
 *
 * @throws {BatchdeskError} `invalid_value` for an `after` that no batch has
 */
export async function listStoredBatches(
  { db }: Pick<Deps, 'db'>,
  query: ListBatches,
): Promise<{ data: Batch[]; has_more: boolean; total?: number }> {
  const after = query.after === undefined ? undefined : await findBatch(db, query.after);
  if (after === null) {
    const reason = 'no batch has this id. Take last_id of the page before.';
    throw new BatchdeskError('invalid_value', { param: 'after', details: { reason } });
  }
  return pageBatches(db, query, after);
}
