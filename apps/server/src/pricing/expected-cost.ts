import { costOf, findPrice } from '@batchdesk/shared';
import { findAllPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';
import { likelyOutput, openOutputHistory } from './output-history.ts';
import type { OutputLimits } from './output-history.ts';

/** A batch that is still to be made, as far as its cost goes. */
export interface PlannedBatch {
  endpoint: string;
  /** `null` when only the provider has read its input. */
  model: string | null;
  request_count: number | null;
  /** Input tokens by our estimate. */
  estimated_tokens: number;
  /** What its answers have at most, in tokens, of those requests that limit them. */
  max_output_tokens: number;
  /** Requests that do not. */
  uncapped_requests: number;
}

/**
 * Tokens of an answer that nothing limits, to a model that answered nothing yet. It is a guess, so that a budget holds at
 * all: without it such answers would be free until the first of them is here.
 */
const GUESSED_OUTPUT = 1_000;
/** Their answers have no tokens. */
const WITHOUT_OUTPUT = ['/v1/embeddings', '/v1/moderations'];
/** 1e-10 US dollars. More than that is as much: sums of it have to fit the 64 bits of a column. */
const MOST = 2n ** 53n;

/**
 * What batches are expected to cost if they are made now, in their order, in 1e-10 US dollars; `null` of a model without a
 * price. Answers are taken to be as long as those of the model so far, else as long as they may be, and where they do
 * not say so, of 1,000 tokens each.
 */
export async function expectCosts(
  { db, provider }: Pick<Deps, 'db' | 'provider'>,
  batches: readonly PlannedBatch[],
  now: number,
): Promise<(bigint | null)[]> {
  const prices = await findAllPrices(db);
  const historyOf = await openOutputHistory(db, provider.name);
  return batches.map(({ model, endpoint, ...one }) => {
    const price = model === null ? null : findPrice(prices, model, now);
    if (!price) return null;
    const limits = { ...one, request_count: one.request_count ?? 0 };
    const output_tokens = likelyOutput(historyOf(model!, endpoint), limits) ?? guessOutput(endpoint, limits);
    const tokens = { input_tokens: one.estimated_tokens, cached_tokens: 0, output_tokens };
    const above = price.long_context?.above_input_tokens ?? Infinity;
    // All of a batch counts as long where its requests are on average.
    const isLong = one.estimated_tokens > above * Math.max(1, limits.request_count);
    const { total } = costOf(isLong ? { ...tokens, long: tokens } : tokens, price).batch;
    return total > MOST ? MOST : total;
  });
}

function guessOutput(endpoint: string, { max_output_tokens, uncapped_requests }: OutputLimits): number {
  if (WITHOUT_OUTPUT.includes(endpoint)) return 0;
  return max_output_tokens + GUESSED_OUTPUT * uncapped_requests;
}
