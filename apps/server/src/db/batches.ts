import { canMove, isTerminal } from '@batchdesk/shared';
import type { Batch, BatchStatus } from '@batchdesk/shared';
import { refreshDelay, stuckReason } from '../batch-clock.ts';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { costColumns, hasTokens } from './batch-costs.ts';
import { fromBatchRow, toBatchColumns } from './batch-row.ts';
import type { BatchColumns } from './batch-row.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import type { EventType, NewEvent } from './events.ts';
import type { BatchModel } from './generated/models.ts';
import { endOfImported } from './end-of-job.ts';
import { findStoredPrice, priceInForce } from './prices.ts';

/** A stored batch, `null` when there is none of that id. */
export async function findBatch(db: Database, batchId: string): Promise<Batch | null> {
  const row = await db.batch.findUnique({ where: { id: batchId } });
  return row && fromBatchRow(row);
}

/** The largest value of the column. */
const NEVER = 2 ** 31 - 1;

/** Whose a batch is that is stored for the first time. */
export interface NewBatchOwner {
  job_id: string;
  provider: Batch['provider'];
  /** That of its requests, for a provider that does not say it. */
  model?: string | null;
  /** Seconds that it waited for its turn. */
  waited?: number | null;
  /** Made elsewhere: its results are not fetched. */
  isImported?: boolean;
}

/** Stores a batch that belongs to a job, costed with the price in force when it was created, and the first event of it. */
export async function insertBatch(
  db: DatabaseOrTransaction,
  batch: ProviderBatch,
  { isImported, model, waited = null, ...owner }: NewBatchOwner,
): Promise<Batch> {
  const collect_after = isImported ? NEVER : 0;
  const columns = { ...toBatchColumns(batch), model: batch.model ?? model ?? null };
  const price = await priceInForce(db, columns.model, batch.created_at);
  const costs = await costColumns(db, { ...columns, collected_at: null }, price);
  const row = await db.batch.create({
    data: { ...columns, ...costs, ...owner, waited, collect_after, ...timing(batch) },
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
 * twice) changes nothing. Returns the batch as it then is and the status that it had, `null` when we have none of that id.
 */
export async function updateBatch(
  db: Database,
  batch: ProviderBatch,
): Promise<{ batch: Batch; from: BatchStatus } | null> {
  return db.$transaction(async (transaction) => {
    const stored = await transaction.batch.findUnique({ where: { id: batch.id } });
    if (!stored) return null;
    const { status } = fromBatchRow(stored);
    if (!canMove(status, batch.status)) return { batch: fromBatchRow(stored), from: status };
    const columns = mergeColumns(stored, toBatchColumns(batch));
    const costs = await costsAfter(transaction, stored, columns);
    const row = await transaction.batch.update({
      where: { id: batch.id },
      data: { ...columns, ...costs, ...timing(batch) },
    });
    await recordChanges(transaction, stored, row);
    if (status !== batch.status) await endImported(transaction, row.job_id, batch);
    return { batch: fromBatchRow(row), from: status };
  });
}

/** Ids of files, tokens and the model come late at times, and an answer from before must not take them away again. */
function mergeColumns(stored: BatchModel, said: BatchColumns): BatchColumns {
  const kept = {
    model: said.model ?? stored.model,
    output_file_id: said.output_file_id ?? stored.output_file_id,
    error_file_id: said.error_file_id ?? stored.error_file_id,
  };
  const saysTokens = said.usage_source !== null && (hasTokens(said) || !hasTokens(stored));
  return { ...said, ...kept, ...(saysTokens ? {} : usageOf(stored)) };
}

function usageOf(row: BatchModel) {
  const { input_tokens, cached_tokens, output_tokens, reasoning_tokens, total_tokens, usage_source } = row;
  return { input_tokens, cached_tokens, output_tokens, reasoning_tokens, total_tokens, usage_source };
}

/** What the cost of a batch depends on. */
const COSTED_BY = [
  'model',
  'status',
  'requests_completed',
  'requests_failed',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
] as const;

/** The price of a batch stays, unless its provider names another model than was asked for. */
async function costsAfter(db: DatabaseOrTransaction, stored: BatchModel, columns: BatchColumns) {
  if (COSTED_BY.every((name) => stored[name] === columns[name])) return {};
  const isOther = stored.model !== columns.model;
  const price = isOther ? await priceInForce(db, columns.model, stored.created_at) : null;
  const { collected_at } = stored;
  return costColumns(db, { ...columns, collected_at }, price ?? (await findStoredPrice(db, stored.price_id)));
}

function timing(batch: ProviderBatch) {
  const now = nowSeconds();
  return { refreshed_at: now, refresh_at: now + refreshDelay(batch, now), stuck: stuckReason(batch, now) };
}

async function recordChanges(
  db: DatabaseOrTransaction,
  before: BatchModel,
  after: BatchModel,
): Promise<void> {
  const { job_id, id: batch_id } = after;
  const record = (type: EventType, data: NewEvent['data']) =>
    recordEvent(db, { job_id, batch_id, type, ...(data ? { data } : {}) });
  if (before.status !== after.status) {
    await record('batch.status', { from: before.status, to: after.status });
  }
  const { requests_total: total, requests_completed: completed, requests_failed: failed } = after;
  const hasMoved =
    before.requests_total !== total ||
    before.requests_completed !== completed ||
    before.requests_failed !== failed;
  if (hasMoved) await record('batch.progress', { total, completed, failed });
  if (after.stuck !== null && before.stuck === null) await record('batch.stuck', { reason: after.stuck });
}

/** Nothing is done here for a batch that was made elsewhere: its job ends with it. */
async function endImported(db: DatabaseOrTransaction, jobId: string, batch: ProviderBatch): Promise<void> {
  if (!isTerminal(batch.status)) return;
  await db.job.updateMany({
    where: { id: jobId, kind: 'imported', status: 'in_progress' },
    data: endOfImported(batch),
  });
}
