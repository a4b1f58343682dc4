import { costOf, findPrice } from '@batchdesk/shared';
import { findAllPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';
import { likelyOutput, readOutputHistory } from './output-history.ts';

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
  if (batches.every(({ model }) => model === null)) return batches.map(() => null);
  const kinds = Map.groupBy(batches, ({ model, endpoint }) => `${model} ${endpoint}`);
  const asked = [...kinds.values()].map(([one]) => ({ model: one!.model ?? '', endpoint: one!.endpoint }));
  const prices = await findAllPrices(db);
  const histories = await readOutputHistory(db, provider.name, asked);
  const costs = new Map<PlannedBatch, bigint>();
  for (const [index, group] of [...kinds.values()].entries()) {
    const { model } = group[0]!;
    const price = model === null ? null : findPrice(prices, model, now);
    if (!price) continue;
    for (const one of group) {
      const output_tokens = likelyOutput(histories[index]!, limitsOf(one)) ?? guessOutput(one);
      const tokens = { input_tokens: one.estimated_tokens, cached_tokens: 0, output_tokens };
      const { total } = costOf(tokens, price).batch;
      costs.set(one, total > MOST ? MOST : total);
    }
  }
  return batches.map((one) => costs.get(one) ?? null);
}

function limitsOf({ request_count, max_output_tokens, uncapped_requests }: PlannedBatch) {
  return {
    requests: request_count ?? 0,
    max_output_tokens: uncapped_requests > 0 ? null : max_output_tokens,
  };
}

function guessOutput({ endpoint, max_output_tokens, uncapped_requests }: PlannedBatch): number {
  if (WITHOUT_OUTPUT.includes(endpoint)) return 0;
  return max_output_tokens + GUESSED_OUTPUT * uncapped_requests;
}
