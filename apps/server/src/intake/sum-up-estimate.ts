import type { Estimate, ModelEstimate } from '@batchdesk/shared';
import { addCosts, toCostRanges } from '@batchdesk/shared/pricing';
import type { ExpectedCosts } from '@batchdesk/shared/pricing';

/** What an input of one model would come to, its costs not yet in dollars; `null` without a price. */
export interface ModelCosts extends Omit<ModelEstimate, 'batch' | 'synchronous' | 'savings'> {
  costs: ExpectedCosts | null;
}

/** Puts the models of an input together. Costs leave out what has no price. */
export function sumUpEstimate(
  models: readonly ModelCosts[],
  whole: Pick<Estimate, 'batches' | 'fits_one_batch'>,
): Estimate {
  const sum = (count: (model: ModelCosts) => number) => models.reduce((all, model) => all + count(model), 0);
  const sumKnown = (counts: (number | null)[]) =>
    counts.includes(null) ? null : counts.reduce<number>((all, count) => all + count!, 0);
  const estimate = sum(({ input_tokens }) => input_tokens.estimate);
  return {
    currency: 'usd',
    request_count: sum(({ request_count }) => request_count),
    ...whole,
    input_tokens: {
      estimate,
      low: sum(({ input_tokens }) => input_tokens.low),
      high: sum(({ input_tokens }) => input_tokens.high),
      method: models.every(({ input_tokens }) => input_tokens.method === 'tokenizer') ? 'tokenizer' : 'bytes',
      // As if all of them were off to the same side.
      error: sum(({ input_tokens }) => input_tokens.error * input_tokens.estimate) / (estimate || 1),
      counted_requests: sum(({ input_tokens }) => input_tokens.counted_requests),
    },
    output_tokens: {
      likely: sumKnown(models.map(({ output_tokens }) => output_tokens.likely)),
      high: sumKnown(models.map(({ output_tokens }) => output_tokens.high)),
      uncapped_requests: sum(({ output_tokens }) => output_tokens.uncapped_requests),
      history_requests: sum(({ output_tokens }) => output_tokens.history_requests),
    },
    ...toCostRanges(addCosts(models.flatMap(({ costs }) => costs ?? []))),
    unpriced_requests: sum(({ costs, request_count }) => (costs ? 0 : request_count)),
    models: models
      .map(({ costs, ...model }) => Object.assign(model, toCostRanges(costs)))
      .toSorted((a, b) => b.request_count - a.request_count),
  };
}
