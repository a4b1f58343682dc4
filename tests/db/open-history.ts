import { listBatchesSchema } from '@batchdesk/shared';
import type { Batch, ListBatchesInput } from '@batchdesk/shared';
import { pageBatches } from '../../apps/server/src/db/batch-pages.ts';
import { fromBatchRow } from '../../apps/server/src/db/batch-row.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { openTestDatabase } from './open-test-database.ts';

/** A database with `count` batches, and all of them in memory, newest first, as sorted here. */
export async function openHistory(count: number) {
  const database = await openTestDatabase();
  await fillHistory(database.db, count);
  const rows = await database.db.batch.findMany();
  const all = rows
    .map(fromBatchRow)
    .toSorted((a, b) => b.created_at - a.created_at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  const list = (query: ListBatchesInput, after?: Batch) =>
    pageBatches(database.db, listBatchesSchema.parse(query), after);
  return { ...database, all, list };
}

/** The ids of batches, in their order. */
export const ids = (batches: readonly Batch[]) => batches.map(({ id }) => id);
