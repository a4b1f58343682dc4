import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { fromBatchRow } from './batch-row.ts';
import type { Database } from './database.ts';

/** The active batches of a provider, and whether each is to be asked about now; longest due first, at most `limit`. */
export async function findActiveBatches(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<{ id: string; isDue: boolean }[]> {
  const rows = await db.batch.findMany({
    where: { provider, status: { in: [...ACTIVE_STATUSES] } },
    select: { id: true, refresh_at: true },
    orderBy: { refresh_at: 'asc' },
    take: limit,
  });
  const now = nowSeconds();
  return rows.map(({ id, refresh_at }) => ({ id, isDue: refresh_at <= now }));
}

/** Asks about a batch again only after a while. */
export async function putOffRefresh(db: Database, batchId: string, seconds: number): Promise<void> {
  await db.batch.updateMany({ where: { id: batchId }, data: { refresh_at: nowSeconds() + seconds } });
}

/**
 * Batches made here that have ended and whose results are not all here and due, those first that have been due longest, at
 * most `limit`. Those made elsewhere are fetched only when asked for: they are never due.
 */
export async function findUncollected(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<Batch[]> {
  const rows = await db.batch.findMany({
    where: {
      provider,
      collected_at: null,
      collect_after: { lte: nowSeconds() },
      status: { notIn: [...ACTIVE_STATUSES] },
    },
    orderBy: { collect_after: 'asc' },
    take: limit,
  });
  return rows.map(fromBatchRow);
}

/** Leaves the results of a batch alone for a while; `failed` when they could not be fetched. Returns how often so far. */
export async function putOffCollection(
  db: Database,
  batchId: string,
  { seconds, failed }: { seconds: number; failed: boolean },
): Promise<number> {
  const data = { collect_after: nowSeconds() + seconds, collect_failures: { increment: Number(failed) } };
  const { collect_failures } = await db.batch.update({ where: { id: batchId }, data });
  return collect_failures;
}
