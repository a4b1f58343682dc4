import { priceSchema } from '@batchdesk/shared';
import { addCosts, createUsageCounter, estimateCosts, toCostRanges } from '@batchdesk/shared/pricing';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

const price = priceSchema.parse({
  model: 'm',
  input: 1,
  output: 10,
  long_context: { above_input_tokens: 100_000, input_multiplier: 2, output_multiplier: 1.5 },
});

function count(requests: [tokens: number, most: number | null][], threshold: number | null = null) {
  const counter = createUsageCounter(() => threshold);
  for (const [estimated_tokens, max_output_tokens] of requests) {
    counter.add({ model: 'm', estimated_tokens, max_output_tokens });
  }
  return counter.models.get('m')!;
}

test('requests are summed up by model, long ones apart', () => {
  const counter = createUsageCounter((model) => (model === 'm' ? 100 : null));
  counter.add({ model: 'm', estimated_tokens: 100, max_output_tokens: 5 });
  counter.add({ model: 'm', estimated_tokens: 101, max_output_tokens: null });
  counter.add({ model: 'n', estimated_tokens: 101, max_output_tokens: 0 });
  const none = { request_count: 0, estimated_tokens: 0, max_output_tokens: 0, uncapped_requests: 0 };
  const long = { request_count: 1, estimated_tokens: 101, max_output_tokens: 0, uncapped_requests: 1 };
  expect([...counter.models.values()]).toEqual([
    {
      model: 'm',
      request_count: 2,
      estimated_tokens: 201,
      max_output_tokens: 5,
      uncapped_requests: 1,
      largest_request: 101,
      long,
    },
    { model: 'n', ...none, request_count: 1, estimated_tokens: 101, largest_request: 101, long: none },
  ]);
});

test('costs are a range: without answers, as likely, and with all that is allowed', () => {
  const usage = count([
    [500_000, 100],
    [500_000, 100],
  ]);
  const input = { low: 900_000, estimate: 1_000_000, high: 1_100_000 };
  const costs = estimateCosts(usage, { input, output: { likely: 50_000, high: 100_000 } }, price);
  expect(toCostRanges(costs)).toEqual({
    batch: { low: 0.45, likely: 0.75, high: 1.05 },
    synchronous: { low: 0.9, likely: 1.5, high: 2.1 },
    savings: { low: 0.45, likely: 0.75, high: 1.05 },
  });
});

test('what is not known of tokens is not known of costs', () => {
  const usage = count([[500_000, null]]);
  const input = { low: 1, estimate: 1, high: 1 };
  const { batch } = toCostRanges(
    estimateCosts(usage, { input, output: { likely: null, high: null } }, price),
  );
  expect(batch).toEqual({ low: 0.0000005, likely: null, high: null });
});

test('long requests cost their multiple', () => {
  const usage = count(
    [
      [300_000, 1_000],
      [100_000, 3_000],
    ],
    100_000,
  );
  const input = { low: 400_000, estimate: 400_000, high: 400_000 };
  const costs = estimateCosts(usage, { input, output: { likely: 2_000, high: 4_000 } }, price);
  expect(toCostRanges(costs).synchronous).toEqual({
    low: 0.7,
    // Half of the answers are those of the long request.
    likely: 0.725,
    // A quarter of what is allowed.
    high: 0.745,
  });
});

test('the likely answers of long requests and of others are no longer than each may be', () => {
  const input = { low: 300_100, estimate: 300_100, high: 300_100 };
  for (const [long, other] of [
    [1, 100_000],
    [100_000, 1],
  ] as const) {
    const usage = count(
      [
        [300_000, long],
        [100, other],
      ],
      100_000,
    );
    const costs = estimateCosts(usage, { input, output: { likely: 50_001, high: 100_001 } }, price);
    const most = (allowed: number) => Math.min(allowed, 50_000);
    const expected = 0.6001 + (most(long) * 15 + most(other) * 10) / 1e6;
    expect(toCostRanges(costs).synchronous.likely).toBeCloseTo(expected, 10);
  }
});

test('low is at most likely, and likely at most high', () => {
  const { below, pick } = createRandom(7);
  for (let round = 0; round < 5_000; round += 1) {
    const usage = count(
      Array.from({ length: 1 + below(6) }, () => [
        below(pick([10, 300_000])),
        below(pick([2, 100, 200_000])),
      ]),
      pick([null, 100_000]),
    );
    const estimate = below(2 * usage.estimated_tokens + 2);
    const input = {
      low: below(estimate + 1),
      estimate,
      high: estimate + below(estimate + 1),
    };
    const high = usage.max_output_tokens;
    const likely = pick([below(high + 1), high]);
    const costs = estimateCosts(usage, { input, output: { likely, high } }, price);
    for (const range of [costs.batch, costs.synchronous, costs.savings]) {
      const inOrder = range.low <= range.likely! && range.likely! <= range.high!;
      expect(inOrder, JSON.stringify({ usage, input, likely })).toBe(true);
    }
  }
});

test('costs of several models add up, and what is not known of one is not known of all', () => {
  const usage = count([[1_000_000, 100_000]]);
  const input = { low: 1_000_000, estimate: 1_000_000, high: 1_000_000 };
  const known = estimateCosts(usage, { input, output: { likely: 0, high: 100_000 } }, price);
  const unknown = estimateCosts(usage, { input, output: { likely: null, high: 0 } }, price);
  expect(toCostRanges(addCosts([known, unknown])).synchronous).toEqual({ low: 2, likely: null, high: 3 });
  expect(toCostRanges(addCosts([]))).toEqual({
    batch: { low: null, likely: null, high: null },
    synchronous: { low: null, likely: null, high: null },
    savings: { low: null, likely: null, high: null },
  });
});
