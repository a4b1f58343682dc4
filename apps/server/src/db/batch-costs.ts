import { costOf, isTerminal, toDollars } from '@batchdesk/shared';
import type { BatchStatus, BilledTokens, CostDetails, Price } from '@batchdesk/shared';
import type { DatabaseOrTransaction } from './database.ts';
import type { BatchModel } from './generated/models.ts';
import { findStoredPrice } from './prices.ts';
import type { StoredPrice } from './prices.ts';
import { countLines, sumUsage } from './usage-sums.ts';

/** What a batch is costed by, beside its price. */
export type CostedRow = Pick<
  BatchModel,
  | 'id'
  | 'status'
  | 'requests_completed'
  | 'requests_failed'
  | 'input_tokens'
  | 'cached_tokens'
  | 'output_tokens'
  | 'collected_at'
>;

/** The columns of what a batch costs. */
export type CostColumns = Pick<BatchModel, 'price_id' | 'cost' | 'synchronous_cost'>;

/** More than this, 900,719 dollars, no batch costs: its usage is nonsense, and would make sums too large for 64 bits. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * What a batch costs at a price; `null` where no price is known, or its tokens are not. Reads the ledger where long requests
 * cost more.
 */
export async function costColumns(
  db: DatabaseOrTransaction,
  row: CostedRow,
  stored: StoredPrice | null,
): Promise<CostColumns> {
  const price_id = stored?.id ?? null;
  if (await hasRunNothing(db, row)) return { price_id, cost: 0n, synchronous_cost: 0n };
  const tokens = stored && (await billedTokens(db, row, stored.price));
  if (!tokens) return { price_id, cost: null, synchronous_cost: null };
  const { batch, synchronous } = costOf(tokens, stored.price);
  // The batch costs no more than the calls.
  if (synchronous.total > MOST) return { price_id, cost: null, synchronous_cost: null };
  return { price_id, cost: batch.total, synchronous_cost: synchronous.total };
}

/** Of what the cost of a batch is made up; `null` when it or its price is not known. */
export async function findCostDetails(
  db: DatabaseOrTransaction,
  batchId: string,
): Promise<CostDetails | null> {
  const row = await db.batch.findUnique({ where: { id: batchId } });
  if (!row || row.cost === null) return null;
  const stored = await findStoredPrice(db, row.price_id);
  if (!stored) return null;
  const tokens = row.cost === 0n ? NONE : await billedTokens(db, row, stored.price);
  if (!tokens) return null;
  const { input, cached_input, output } = costOf(tokens, stored.price).batch;
  return {
    input: toDollars(input),
    cached_input: toDollars(cached_input),
    output: toDollars(output),
    price: stored.price,
  };
}

/** Whether anything tells the tokens of a batch. No tokens are taken for none told. */
export function hasTokens({
  input_tokens,
  output_tokens,
}: Pick<CostedRow, 'input_tokens' | 'output_tokens'>) {
  return (input_tokens ?? 0n) + (output_tokens ?? 0n) > 0n;
}

const NONE: BilledTokens = { input_tokens: 0, cached_tokens: 0, output_tokens: 0 };

/**
 * Whether it is certain that a batch costs nothing: refused in validation, or over without an answer. Its result lines know that
 * best, once they are here: the provider counts lines with status 0 as completed, and some servers count nothing at all.
 */
async function hasRunNothing(db: DatabaseOrTransaction, row: CostedRow): Promise<boolean> {
  const { status, requests_completed, requests_failed } = row;
  if (status === 'failed') return true;
  if (!isTerminal(status as BatchStatus) || hasTokens(row)) return false;
  const lines = row.collected_at === null ? null : await countLines(db, row.id);
  if (lines && lines.answered > 0) return false;
  if (lines && lines.requests > 0 && lines.unread === 0) return true;
  return requests_completed === 0 && (status !== 'completed' || requests_failed > 0);
}

/** The tokens of a batch, `null` while nothing tells them, but where they cost nothing anyway. */
async function billedTokens(
  db: DatabaseOrTransaction,
  row: CostedRow,
  price: Price,
): Promise<BilledTokens | null> {
  if (!hasTokens(row)) {
    const isFree = price.input === 0 && price.output === 0;
    return isFree && isTerminal(row.status as BatchStatus) ? NONE : null;
  }
  const input_tokens = Number(row.input_tokens ?? 0);
  const cached_tokens = Math.min(Number(row.cached_tokens ?? 0), input_tokens);
  const output_tokens = Number(row.output_tokens ?? 0);
  const tier = price.long_context;
  // Which requests are long is known once their results are here.
  if (!tier || row.collected_at === null || input_tokens <= tier.above_input_tokens) {
    return { input_tokens, cached_tokens, output_tokens };
  }
  const sums = await sumUsage(db, row.id, { above: tier.above_input_tokens });
  // No more is billed than the tokens of the batch.
  const cached = Math.min(Number(sums.cached_tokens), cached_tokens);
  const uncached = Math.min(Number(sums.input_tokens - sums.cached_tokens), input_tokens - cached_tokens);
  const output = Math.min(Number(sums.output_tokens), output_tokens);
  const long = { input_tokens: cached + uncached, cached_tokens: cached, output_tokens: output };
  return { input_tokens, cached_tokens, output_tokens, long };
}
