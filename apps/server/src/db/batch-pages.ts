import type { Batch, BatchFilters, ListBatches } from '@batchdesk/shared';
import { fromBatchRow } from './batch-row.ts';
import { countBatches } from './count-batches.ts';
import type { Database } from './database.ts';
import type { BatchModel } from './generated/models.ts';
import { searchBatches } from './search-batches.ts';
import type { SearchedPage } from './search-batches.ts';
import { filterBatches, newestFirst } from './select-batches.ts';
import type { Place } from './select-batches.ts';

/** A page of stored batches after one of them, newest first, and how many match in all where that is known. */
export async function pageBatches(
  db: Database,
  query: ListBatches,
  after: Place | undefined,
): Promise<{ data: Batch[]; has_more: boolean; total?: number }> {
  const { limit, offset = 0 } = query;
  // One more tells whether there are more.
  const page = { limit: limit + 1, offset };
  const rows = await readRows(db, query, { after, ...page });
  // A first page that no other follows has them all.
  const isAll = !after && offset === 0 && rows.length <= limit;
  const total = isAll ? rows.length : await countBatches(db, query);
  return {
    data: rows.slice(0, limit).map(fromBatchRow),
    has_more: rows.length > limit,
    ...(total === undefined ? {} : { total }),
  };
}

/** Stored batches that match, after one of them, newest first, at most `limit`; fewer once `signal` says that nobody waits. */
export async function readBatches(
  db: Database,
  filters: BatchFilters,
  page: { after: Place | undefined; limit: number; signal: AbortSignal },
): Promise<Batch[]> {
  return (await readRows(db, filters, { ...page, offset: 0 })).map(fromBatchRow);
}

function readRows(db: Database, { q, ...filters }: BatchFilters, page: SearchedPage): Promise<BatchModel[]> {
  if (q !== undefined) return searchBatches(db, { ...filters, q }, page);
  return db.$queryRaw`SELECT * ${filterBatches(filters, { after: page.after })} ${newestFirst(page)}`;
}
