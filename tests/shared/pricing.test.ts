import { priceSchema } from '@batchdesk/shared';
import type { Price } from '@batchdesk/shared';
import { BUILT_IN_PRICES, costOf, findPrice, toDollars, toUnits } from '@batchdesk/shared/pricing';
import type { BilledTokens, CostUnits } from '@batchdesk/shared/pricing';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

const CASES = 2_000;
const PARTS = ['input', 'cached_input', 'output'] as const;

/** A number of so many decimals. */
const decimal = (random: Random, below: number, decimals: number) =>
  Number((random.below(below * 10 ** decimals) / 10 ** decimals).toFixed(decimals));

function randomPrice(random: Random): Price {
  const decimals = random.pick([0, 2, 4, 6]);
  const input = decimal(random, random.pick([1, 50]), decimals);
  const isLong = random.below(2) === 0;
  return priceSchema.parse({
    model: 'm',
    input,
    cached_input: random.pick([null, 0, input, Math.min(input, decimal(random, 1, decimals))]),
    output: decimal(random, random.pick([1, 200]), decimals),
    batch_share: random.pick([0.5, 0.5, 1, 0, decimal(random, 1, 4)]),
    long_context: isLong
      ? { above_input_tokens: 272_000, input_multiplier: random.pick([1, 2, 1.3333]), output_multiplier: 1.5 }
      : null,
  });
}

function randomTokens(random: Random): BilledTokens {
  const below = random.pick([10, 1_000_000, 3_000_000_000]);
  const input_tokens = random.below(below);
  const cached_tokens = random.below(input_tokens + 1);
  const output_tokens = random.below(below);
  if (random.below(2) === 0) return { input_tokens, cached_tokens, output_tokens };
  const long = {
    input_tokens: input_tokens - cached_tokens,
    cached_tokens: random.below(cached_tokens + 1),
    output_tokens: random.below(output_tokens + 1),
  };
  long.input_tokens = random.below(long.input_tokens + 1) + long.cached_tokens;
  return { input_tokens, cached_tokens, output_tokens, long };
}

function forEachCase(check: (tokens: BilledTokens, price: Price, random: Random) => void): void {
  for (let seed = 1; seed <= CASES; seed += 1) {
    const random = createRandom(seed);
    check(randomTokens(random), randomPrice(random), random);
  }
}

/** A fraction of whole numbers, as its decimals are written: no floating point. */
function fraction(value: number): [bigint, bigint] {
  const [whole, decimals = ''] = value.toFixed(6).split('.');
  return [BigInt(whole! + decimals), 10n ** BigInt(decimals.length)];
}

function multiply(...values: number[]): [bigint, bigint] {
  return values.map(fraction).reduce(([a, b], [c, d]) => [a * c, b * d]);
}

/** Whether units of 1e-10 dollars are what these sum up to, within 1e-9 dollars. The sums are fractions, never rounded. */
function isWithin(units: bigint, terms: [bigint, bigint][]): boolean {
  const [sum, by] = terms.reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);
  // |units / 1e10 - sum / by| <= 1e-9
  const difference = units * by - sum * 10n ** 10n;
  return (difference < 0n ? -difference : difference) <= 10n * by;
}

/** Dollars of tokens at so many dollars per million. */
const dollars = (tokens: number, ...factors: number[]): [bigint, bigint] => {
  const [a, b] = multiply(...factors);
  return [BigInt(tokens) * a, b * 1_000_000n];
};

test('costs are exact to 1e-9 dollars beside a sum of fractions', () => {
  forEachCase((tokens, price) => {
    const costs = costOf(tokens, price);
    const tier = price.long_context;
    const long = (tier && tokens.long) ?? { input_tokens: 0, cached_tokens: 0, output_tokens: 0 };
    const [byInput, byOutput] = [tier?.input_multiplier ?? 1, tier?.output_multiplier ?? 1];
    const cached = price.cached_input ?? price.input;
    for (const [share, cost] of [
      [price.batch_share, costs.batch],
      [1, costs.synchronous],
    ] as const) {
      const plain = tokens.input_tokens - tokens.cached_tokens;
      const longPlain = long.input_tokens - long.cached_tokens;
      const isExact =
        isWithin(cost.input, [
          dollars(plain - longPlain, price.input, share),
          dollars(longPlain, price.input, share, byInput),
        ]) &&
        isWithin(cost.cached_input, [
          dollars(tokens.cached_tokens - long.cached_tokens, cached, share),
          dollars(long.cached_tokens, cached, share, byInput),
        ]) &&
        isWithin(cost.output, [
          dollars(tokens.output_tokens - long.output_tokens, price.output, share),
          dollars(long.output_tokens, price.output, share, byOutput),
        ]);
      expect(isExact, JSON.stringify({ tokens, price })).toBe(true);
    }
  });
});

test('the parts add up to the whole, and none is negative', () => {
  forEachCase((tokens, price) => {
    for (const cost of Object.values(costOf(tokens, price)) as CostUnits[]) {
      expect(cost.input + cost.cached_input + cost.output).toBe(cost.total);
      expect(PARTS.every((part) => cost[part] >= 0n)).toBe(true);
    }
  });
});

test('a batch costs its share of synchronous calls: half at a half, within a unit a part', () => {
  forEachCase((tokens, price) => {
    const { batch, synchronous } = costOf(tokens, { ...price, batch_share: 0.5 });
    for (const part of PARTS) {
      const off = synchronous[part] - 2n * batch[part];
      expect(off >= -1n && off <= 1n).toBe(true);
    }
    expect(costOf(tokens, { ...price, batch_share: 1 }).batch).toEqual(synchronous);
  });
});

test('cached input never costs more than the same input that is not cached', () => {
  forEachCase((tokens, price) => {
    const long = tokens.long && { ...tokens.long, cached_tokens: 0 };
    const { total } = costOf({ ...tokens, cached_tokens: 0, long }, price).batch;
    // Two parts are rounded instead of one.
    expect(costOf(tokens, price).batch.total <= total + 1n).toBe(true);
  });
});

test('more tokens never cost less', () => {
  forEachCase((tokens, price, random) => {
    const more = 1 + random.below(1_000);
    const { total } = costOf(tokens, price).batch;
    for (const larger of [
      { ...tokens, input_tokens: tokens.input_tokens + more },
      { ...tokens, output_tokens: tokens.output_tokens + more },
    ]) {
      expect(costOf(larger, price).batch.total >= total).toBe(true);
    }
  });
});

test('tokens that are split into two batches cost the same, to a unit a part', () => {
  forEachCase(({ input_tokens, cached_tokens, output_tokens }, price, random) => {
    const first = {
      input_tokens: 0,
      cached_tokens: random.below(cached_tokens + 1),
      output_tokens: random.below(output_tokens + 1),
    };
    first.input_tokens = first.cached_tokens + random.below(input_tokens - cached_tokens + 1);
    const second = {
      input_tokens: input_tokens - first.input_tokens,
      cached_tokens: cached_tokens - first.cached_tokens,
      output_tokens: output_tokens - first.output_tokens,
    };
    const whole = costOf({ input_tokens, cached_tokens, output_tokens }, price).batch;
    const [one, other] = [costOf(first, price).batch, costOf(second, price).batch];
    for (const part of PARTS) {
      const off = one[part] + other[part] - whole[part];
      expect(off >= -1n && off <= 1n).toBe(true);
    }
  });
});

test('a request above the threshold costs its multiple, all of it; without a tier it makes no difference', () => {
  const price = findPrice(BUILT_IN_PRICES.prices, 'gpt-6-astra', Date.UTC(2026, 10, 1) / 1_000)!;
  const long = { input_tokens: 300_000, cached_tokens: 100_000, output_tokens: 1_000 };
  const { synchronous } = costOf({ ...long, long }, price);
  expect(toDollars(synchronous.input)).toBe(4);
  expect(toDollars(synchronous.cached_input)).toBe(0.2);
  expect(toDollars(synchronous.output)).toBe(0.075);
  const flat = { ...price, long_context: null };
  expect(costOf({ ...long, long }, flat)).toEqual(costOf(long, flat));
});

test('dollars become units and dollars again', () => {
  for (const amount of [0, 0.0000000001, 0.00001275, 0.0255, 12.75, 123_456.7891]) {
    expect(toDollars(toUnits(amount))).toBe(amount);
  }
});

test('the worked example of the guide: 0.0255 dollars synchronously, half of that as a batch', () => {
  const price = findPrice(BUILT_IN_PRICES.prices, 'gpt-4o-mini', Date.UTC(2026, 10, 23) / 1_000)!;
  // 10,000 requests, all together.
  const { batch, synchronous } = costOf(
    { input_tokens: 50_000, cached_tokens: 0, output_tokens: 30_000 },
    price,
  );
  expect(toDollars(synchronous.input)).toBe(0.0075);
  expect(toDollars(synchronous.output)).toBe(0.018);
  expect(toDollars(synchronous.total)).toBe(0.0255);
  expect(toDollars(batch.total)).toBe(0.01275);
  expect(toDollars(synchronous.total - batch.total)).toBe(0.01275);
});
