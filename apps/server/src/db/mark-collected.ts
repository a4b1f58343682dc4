import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { costColumns, hasTokens } from './batch-costs.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import type { BatchModel } from './generated/models.ts';
import { findStoredPrice } from './prices.ts';
import { countLines, sumUsage } from './usage-sums.ts';

/**
 * Notes that the results of a batch are all here, and what it costs by them: its tokens are summed from their lines, if all of
 * these were read (`hasLines`) and the provider has not told them.
 */
export async function markCollected(
  db: Database,
  { id: batch_id, job_id }: Pick<Batch, 'id' | 'job_id'>,
  { counts, hasLines }: { counts: Record<string, number>; hasLines: boolean },
): Promise<void> {
  await db.$transaction(async (transaction) => {
    const stored = await transaction.batch.findFirst({ where: { id: batch_id, collected_at: null } });
    if (!stored) return;
    const isTold = stored.usage_source === 'provider' && hasTokens(stored);
    const usage = hasLines && !isTold ? await readUsage(transaction, stored) : null;
    const collected = { ...stored, ...usage, collected_at: nowSeconds() };
    const price = await findStoredPrice(transaction, stored.price_id);
    const costs = await costColumns(transaction, collected, price);
    const { collected_at } = collected;
    await transaction.batch.update({ where: { id: batch_id }, data: { ...usage, ...costs, collected_at } });
    await recordEvent(transaction, { job_id, batch_id, type: 'batch.collected', data: counts });
  });
}

/**
 * The tokens of a batch by the lines of its results; `null` when these tell none. Where an answer tells none, or was counted and
 * is not there, they are a part of what the batch took.
 */
async function readUsage(db: DatabaseOrTransaction, { id, requests_completed }: BatchModel) {
  const sums = await sumUsage(db, id);
  const total_tokens = sums.input_tokens + sums.output_tokens;
  if (total_tokens === 0n) return null;
  const { answered, untold, missing } = await countLines(db, id);
  const isPart = untold > 0 || (missing > 0 && requests_completed > answered);
  return { ...sums, total_tokens, usage_source: isPart ? 'partial_results' : 'results' };
}
