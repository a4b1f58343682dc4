import { ACTIVE_STATUSES, canMove } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { fromBatchRow, toBatchColumns } from './batch-row.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';

/** A stored batch, `null` when there is none of that id. */
export async function findBatch(db: Database, batchId: string): Promise<Batch | null> {
  const row = await db.batch.findUnique({ where: { id: batchId } });
  return row && fromBatchRow(row);
}

/** The largest value of the column. */
const NEVER = 2 ** 31 - 1;

/** Stores a batch that belongs to a job, and the first event of it. */
export async function insertBatch(
  db: DatabaseOrTransaction,
  batch: ProviderBatch,
  { isImported, ...owner }: { job_id: string; provider: Batch['provider']; isImported?: boolean },
): Promise<Batch> {
  const collect_after = isImported ? NEVER : 0;
  const row = await db.batch.create({
    data: { ...toBatchColumns(batch), ...owner, collect_after, refreshed_at: nowSeconds() },
  });
  await recordEvent(db, {
    ...owner,
    batch_id: batch.id,
    type: 'batch.created',
    data: { status: batch.status },
  });
  return fromBatchRow(row);
}

/**
 * Stores what the provider says of a batch that we have. What is older than what we know (answers come late, or
 * twice) changes nothing. Returns the batch as it then is, `null` when we have none of that id.
 */
export async function updateBatch(db: Database, batch: ProviderBatch): Promise<Batch | null> {
  return db.$transaction(async (transaction) => {
    const stored = await transaction.batch.findUnique({ where: { id: batch.id } });
    if (!stored) return null;
    const { status } = fromBatchRow(stored);
    if (!canMove(status, batch.status)) return fromBatchRow(stored);
    const row = await transaction.batch.update({
      where: { id: batch.id },
      data: {
        ...toBatchColumns(batch),
        // The ids come late at times, and an answer from before must not take them away again.
        output_file_id: batch.output_file_id ?? stored.output_file_id,
        error_file_id: batch.error_file_id ?? stored.error_file_id,
        refreshed_at: nowSeconds(),
      },
    });
    if (status !== batch.status) {
      const data = { from: status, to: batch.status };
      await recordEvent(transaction, { job_id: row.job_id, batch_id: row.id, type: 'batch.status', data });
    }
    return fromBatchRow(row);
  });
}

/** The ids of batches that a provider still works on, oldest first, at most `limit`. */
export async function findActiveBatchIds(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<string[]> {
  const rows = await db.batch.findMany({
    where: { provider, status: { in: [...ACTIVE_STATUSES] } },
    select: { id: true },
    orderBy: { created_at: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
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

/** Leaves the results of a batch alone for a while. */
export async function putOffCollection(db: Database, batchId: string, seconds: number): Promise<void> {
  await db.batch.update({ where: { id: batchId }, data: { collect_after: nowSeconds() + seconds } });
}

/** Notes that the results of a batch are all here. */
export async function markCollected(
  db: Database,
  batch: Batch,
  counts: Record<string, number>,
): Promise<void> {
  await db.$transaction(async (transaction) => {
    const collected = { collected_at: nowSeconds() };
    const where = { id: batch.id, collected_at: null };
    const { count } = await transaction.batch.updateMany({ where, data: collected });
    if (count === 0) return;
    const { job_id, id: batch_id } = batch;
    await recordEvent(transaction, { job_id, batch_id, type: 'batch.collected', data: counts });
  });
}
