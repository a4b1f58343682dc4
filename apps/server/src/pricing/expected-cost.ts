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
 * What batches are expected to cost if they are made now, in their order, in 1e-10 US dollars; `null` of a model without a
 * price. Answers are taken to be as long as those of the model so far, else as long as they may be, where they say so.
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
      const output_tokens = likelyOutput(histories[index]!, limitsOf(one)) ?? one.max_output_tokens;
      const tokens = { input_tokens: one.estimated_tokens, cached_tokens: 0, output_tokens };
      costs.set(one, costOf(tokens, price).batch.total);
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
