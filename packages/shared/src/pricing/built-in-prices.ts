import type { Price } from '../contracts/prices.ts';

// The price table. To change it see docs/pricing.md: a new price is a new entry with its `effective_from`; an entry that
// was in force stays as it is.
//
// Sources, read on 2026-11-22 and 23:
//   [1] https://developers.openai.com/api/docs/pricing, as restated in public
//   [2] https://developers.openai.com/api/docs/models/<model>: long context, cached input, aliases
//   [3] https://github.com/promptfoo/promptfoo/pull/1728 and https://llmcloudhub.com/openai/gpt-4o-2024-05-13, after [1]
//   [4] https://github.com/BerriAI/litellm/discussions/42523: long context of gpt-6-sol and gpt-6-luna
//   [5] https://wavespeed.ai/zh-CN/llm/openai/gpt-5.4: long context of gpt-5.4
// Without another number: [1].

/** A model, US dollars per 1,000,000 tokens of input, cached input and output, and what is not as with most. */
type Row = [
  model: string,
  input: number,
  cachedInput: number | null,
  output: number,
  more?: Partial<Pick<Price, 'effective_from' | 'long_context' | 'batch_share'>>,
];

/** Twice for input and one and a half times for output, of the whole request. */
const LONG = { above_input_tokens: 272_000, input_multiplier: 2, output_multiplier: 1.5 };

const ROWS: readonly Row[] = [
  ['gpt-6.2-sol', 2, 0.1, 10, { long_context: LONG }], // [2]
  ['gpt-6.1-sol', 2, 0.1, 10, { long_context: LONG, effective_from: '2026-09-29' }], // [2]
  ['gpt-6-astra', 10, 1, 50, { long_context: LONG, effective_from: '2026-09-03' }],
  ['gpt-6-sol', 2, 0.2, 10, { long_context: LONG, effective_from: '2026-09-22' }], // [4]
  ['gpt-6-luna', 0.1, 0.01, 0.5, { long_context: LONG, effective_from: '2026-09-22' }], // [4]
  ['gpt-5.6', 4, 0.4, 20, { long_context: LONG }], // [2]: another name of gpt-5.6-sol
  ['gpt-5.6-sol', 4, 0.4, 20, { long_context: LONG }], // [2]: promised until 2026-11-21; before it was reduced: 5, 0.5, 30
  ['gpt-5.6-terra', 2, 0.2, 12, { long_context: LONG, effective_from: '2026-07-30' }], // [2]
  ['gpt-5.6-luna', 0.2, 0.02, 1.2, { long_context: LONG, effective_from: '2026-07-30' }], // [2]
  ['gpt-5.5', 5, 0.5, 30],
  ['gpt-5.5-pro', 30, null, 180],
  ['gpt-5.4', 2.5, 0.25, 15, { long_context: LONG }], // [5]
  ['gpt-5.4-mini', 0.75, 0.075, 4.5],
  ['gpt-5.4-nano', 0.2, 0.02, 1.25],
  ['gpt-5', 1.25, 0.125, 10],
  ['gpt-5-mini', 0.25, 0.025, 2],
  ['gpt-5-nano', 0.05, 0.005, 0.4],
  ['gpt-4.1', 2, 0.5, 8],
  ['gpt-4.1-mini', 0.4, 0.1, 1.6],
  ['gpt-4.1-nano', 0.1, 0.025, 0.4],
  ['gpt-4o', 2.5, 1.25, 10],
  ['gpt-4o-2024-05-13', 5, null, 15], // [3]: not the price of gpt-4o
  ['gpt-4o-mini', 0.15, 0.075, 0.6],
  ['o3', 2, 0.5, 8],
  ['o4-mini', 1.1, 0.275, 4.4],
  ['o3-mini', 1.1, 0.55, 4.4],
  ['o1', 15, 7.5, 60],
  ['gpt-3.5-turbo', 0.5, null, 1.5],
  ['gpt-3.5-turbo-0125', 0.5, null, 1.5],
  ['text-embedding-3-small', 0.02, null, 0],
  ['text-embedding-3-large', 0.13, null, 0],
  ['text-embedding-ada-002', 0.1, null, 0],
  ['omni-moderation-latest', 0, null, 0],
];

function toPrice([model, input, cached_input, output, more]: Row): Price {
  const usual = { batch_share: 0.5, long_context: null, effective_from: null };
  return { model, input, cached_input, output, ...usual, ...more };
}

/** The prices that are part of the product, and when they were read. See docs/pricing.md. */
export const BUILT_IN_PRICES: { currency: 'usd'; read: string; prices: readonly Price[] } = {
  currency: 'usd',
  /** The day on which the sources were read. */
  read: '2026-11-22',
  prices: ROWS.map(toPrice),
};
