import { listPricesAnswerSchema, priceSchema } from '@batchdesk/shared';
import type { Price } from '@batchdesk/shared';
import { BUILT_IN_PRICES, findPrice, whyUnknown } from '@batchdesk/shared/pricing';
import { expect, test } from 'vitest';

const at = (time: string) => Date.parse(time) / 1_000;
const NOW = at('2026-11-23T12:00:00Z');

const priceOf = (model: string, input: number, effective_from: string | null = null): Price =>
  priceSchema.parse({ model, input, output: 1, effective_from });

/** What a model costs for input. */
const find = (prices: readonly Price[], model: string, time = NOW) =>
  findPrice(prices, model, time)?.input ?? null;

test.each([
  ['gpt-4o-mini', 0.15],
  ['gpt-4o-mini-2024-07-18', 0.15],
  ['gpt-4o-2024-08-06', 2.5],
  ['gpt-4o-2024-05-13', 5],
  ['gpt-4.1-nano-2025-04-14', 0.1],
  ['omni-moderation-latest', 0],
  ['omni-moderation-2024-09-26', 0],
  ['gpt-3.5-turbo-0125', 0.5],
])('%s costs %d for a million tokens', (model, dollars) => {
  expect(find(BUILT_IN_PRICES.prices, model)).toBe(dollars);
});

test.each([
  'gpt-4o-mini-2024-7-18',
  'gpt-4o-audio-preview-2024-10-01',
  'gpt-4o-mini-search-preview',
  'gpt-4',
  'GPT-4o',
  '',
  'ft:gpt-4o-mini-2024-07-18:org::id',
  'ft:gpt-4o',
])('%j has no price', (model) => {
  expect(find(BUILT_IN_PRICES.prices, model)).toBeNull();
});

test('a model without a price is told why', () => {
  expect(whyUnknown('ft:gpt-4o-mini-2024-07-18:org::id')).toBe('fine_tuned');
  expect(whyUnknown('llama')).toBe('unknown_model');
});

test('a fine-tuned model has the price that is listed for it, for what it was trained from with its date, or without', () => {
  const model = 'ft:gpt-4o-mini-2024-07-18:org::id';
  const [plain, dated, own] = [
    priceOf('ft:gpt-4o-mini', 1),
    priceOf('ft:gpt-4o-mini-2024-07-18', 2),
    priceOf(model, 3),
  ];
  expect(find([plain], model)).toBe(1);
  expect(find([plain, dated], model)).toBe(2);
  expect(find([plain, dated, own], model)).toBe(3);
});

test('a price holds from its day on, in UTC, until the next', () => {
  const prices = [priceOf('m', 2, '2026-07-30'), priceOf('m', 1), priceOf('m', 3, '2026-09-22')];
  expect(find(prices, 'm', at('2020-01-01T00:00:00Z'))).toBe(1);
  expect(find(prices, 'm', at('2026-07-29T23:59:59Z'))).toBe(1);
  expect(find(prices, 'm', at('2026-07-30T00:00:00Z'))).toBe(2);
  expect(find(prices, 'm', at('2026-09-21T23:59:59Z'))).toBe(2);
  expect(find(prices, 'm', at('2026-09-22T00:00:00Z'))).toBe(3);
});

test('a model costs nothing known before its first price', () => {
  const prices = [priceOf('m', 2, '2026-07-30')];
  expect(find(prices, 'm', at('2026-07-29T23:59:59Z'))).toBeNull();
  // The price of the base is better than none.
  expect(find([...prices, priceOf('m-2026-08-01', 5, '2026-08-01')], 'm-2026-08-01', at('2026-07-30'))).toBe(
    2,
  );
});

test('of two prices of one day the first in the list counts', () => {
  expect(find([priceOf('m', 1), priceOf('m', 2)], 'm')).toBe(1);
});

test('the built-in prices are as own ones would have to be, and no model has two of a day', () => {
  const { prices, read } = BUILT_IN_PRICES;
  expect(prices.map((price) => priceSchema.parse(price))).toEqual(prices);
  const days = prices.map(({ model, effective_from }) => `${model} ${effective_from}`);
  expect(new Set(days).size).toBe(prices.length);
  expect(listPricesAnswerSchema.shape.built_in_read.parse(read)).toBe(read);
});
