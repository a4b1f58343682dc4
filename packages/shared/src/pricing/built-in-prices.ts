import type { Price } from '../contracts/prices.ts';

type Listed = Pick<Price, 'model' | 'input' | 'cached_input' | 'output' | 'effective_from'> &
  Partial<Pick<Price, 'long_context'>>;

/** US dollars per 1,000,000 tokens, synchronous. A batch costs half. */
const LISTED: readonly Listed[] = [
  {
    model: 'gpt-6-astra',
    input: 10,
    cached_input: 1,
    output: 50,
    effective_from: '2026-09-03',
    long_context: { above_input_tokens: 272000, input_multiplier: 2, output_multiplier: 1.5 },
  },
  { model: 'gpt-6-sol', input: 2, cached_input: 0.2, output: 10, effective_from: '2026-09-22' },
  { model: 'gpt-6-luna', input: 0.1, cached_input: 0.01, output: 0.5, effective_from: '2026-09-22' },
  { model: 'gpt-5.6-sol', input: 4, cached_input: 0.4, output: 20, effective_from: null },
  { model: 'gpt-5.6-terra', input: 2, cached_input: 0.2, output: 12, effective_from: '2026-07-30' },
  { model: 'gpt-5.6-luna', input: 0.2, cached_input: 0.02, output: 1.2, effective_from: '2026-07-30' },
  { model: 'gpt-5.5', input: 5, cached_input: 0.5, output: 30, effective_from: null },
  { model: 'gpt-5.5-pro', input: 30, cached_input: null, output: 180, effective_from: null },
  { model: 'gpt-5.4', input: 2.5, cached_input: 0.25, output: 15, effective_from: null },
  { model: 'gpt-5.4-mini', input: 0.75, cached_input: 0.075, output: 4.5, effective_from: null },
  { model: 'gpt-5.4-nano', input: 0.2, cached_input: 0.02, output: 1.25, effective_from: null },
  { model: 'gpt-5', input: 1.25, cached_input: 0.125, output: 10, effective_from: null },
  { model: 'gpt-5-mini', input: 0.25, cached_input: 0.025, output: 2, effective_from: null },
  { model: 'gpt-5-nano', input: 0.05, cached_input: 0.005, output: 0.4, effective_from: null },
  { model: 'gpt-4.1', input: 2, cached_input: 0.5, output: 8, effective_from: null },
  { model: 'gpt-4.1-mini', input: 0.4, cached_input: 0.1, output: 1.6, effective_from: null },
  { model: 'gpt-4.1-nano', input: 0.1, cached_input: 0.025, output: 0.4, effective_from: null },
  { model: 'gpt-4o', input: 2.5, cached_input: 1.25, output: 10, effective_from: null },
  { model: 'gpt-4o-mini', input: 0.15, cached_input: 0.075, output: 0.6, effective_from: null },
  { model: 'o3', input: 2, cached_input: 0.5, output: 8, effective_from: null },
  { model: 'o4-mini', input: 1.1, cached_input: 0.275, output: 4.4, effective_from: null },
  { model: 'o3-mini', input: 1.1, cached_input: 0.55, output: 4.4, effective_from: null },
  { model: 'o1', input: 15, cached_input: 7.5, output: 60, effective_from: null },
  { model: 'gpt-3.5-turbo', input: 0.5, cached_input: null, output: 1.5, effective_from: null },
  { model: 'text-embedding-3-small', input: 0.02, cached_input: null, output: 0, effective_from: null },
  { model: 'text-embedding-3-large', input: 0.13, cached_input: null, output: 0, effective_from: null },
  { model: 'text-embedding-ada-002', input: 0.1, cached_input: null, output: 0, effective_from: null },
  { model: 'omni-moderation-latest', input: 0, cached_input: null, output: 0, effective_from: null },
];

/** The prices that are part of the product, and when they were read. See docs/pricing.md. */
export const BUILT_IN_PRICES = {
  currency: 'usd',
  /** When the vendor's price page was read. */
  read: '2026-11-22',
  prices: LISTED.map((price): Price => Object.assign({ batch_share: 0.5, long_context: null }, price)),
} as const;
