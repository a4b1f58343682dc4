import type { CostRange } from '../contracts/estimate.ts';
import type { Price } from '../contracts/prices.ts';
import { costOf, toDollars } from './cost-of.ts';
import type { ModelUsage, UsageSums } from './usage-counter.ts';

/** Tokens that the requests of a model will have, in whole numbers. `null` where that is not known. */
export interface ExpectedTokens {
  input: { low: number; estimate: number; high: number };
  output: { likely: number | null; high: number | null };
}

/** Units of 1e-10 US dollars: at least, likely, at most; `null` where that is not known. */
export interface UnitRange {
  low: bigint;
  likely: bigint | null;
  high: bigint | null;
}

/** What requests will cost in a batch, and in calls without one. */
export interface ExpectedCosts {
  batch: UnitRange;
  synchronous: UnitRange;
  savings: UnitRange;
}

/**
 * What the requests of a model will cost: at least, with as little input as may be and no answer; likely; and at most, with
 * as much of both as may be.
 */
export function estimateCosts(usage: ModelUsage, tokens: ExpectedTokens, price: Price): ExpectedCosts {
  const { input, output } = tokens;
  const low = costsOf(usage, price, { input: input.low, output: 0, longOutput: 0 });
  const likely =
    output.likely === null
      ? null
      : costsOf(usage, price, {
          input: input.estimate,
          output: output.likely,
          longOutput: likelyOfLong(output.likely, usage),
        });
  const high =
    output.high === null
      ? null
      : costsOf(usage, price, {
          input: input.high,
          output: output.high,
          longOutput: part(output.high, usage.long.max_output_tokens, usage.max_output_tokens),
        });
  const range = (kind: keyof ExpectedCosts): UnitRange => ({
    low: low[kind],
    likely: likely && likely[kind],
    high: high && high[kind],
  });
  return { batch: range('batch'), synchronous: range('synchronous'), savings: range('savings') };
}

/** What several models cost together; not known where it is not of one of them. `null` of none. */
export function addCosts(all: readonly ExpectedCosts[]): ExpectedCosts | null {
  if (all.length === 0) return null;
  const sum = (amounts: (bigint | null)[]) =>
    amounts.includes(null) ? null : amounts.reduce<bigint>((total, amount) => total + amount!, 0n);
  const range = (kind: keyof ExpectedCosts): UnitRange => ({
    low: sum(all.map((costs) => costs[kind].low))!,
    likely: sum(all.map((costs) => costs[kind].likely)),
    high: sum(all.map((costs) => costs[kind].high)),
  });
  return { batch: range('batch'), synchronous: range('synchronous'), savings: range('savings') };
}

/** The same in US dollars; nothing known of `null`. */
export function toCostRanges(costs: ExpectedCosts | null): Record<keyof ExpectedCosts, CostRange> {
  const dollars = (units: bigint | null | undefined) => (typeof units === 'bigint' ? toDollars(units) : null);
  const range = (units: UnitRange | undefined): CostRange => ({
    low: dollars(units?.low),
    likely: dollars(units?.likely),
    high: dollars(units?.high),
  });
  return {
    batch: range(costs?.batch),
    synchronous: range(costs?.synchronous),
    savings: range(costs?.savings),
  };
}

/** `longOutput`: of the output, that of requests above the price's `long_context`. */
function costsOf(
  usage: ModelUsage,
  price: Price,
  { input, output, longOutput }: { input: number; output: number; longOutput: number },
): Record<keyof ExpectedCosts, bigint> {
  const long = {
    input_tokens: part(input, usage.long.estimated_tokens, usage.estimated_tokens),
    cached_tokens: 0,
    output_tokens: longOutput,
  };
  const costs = costOf({ input_tokens: input, cached_tokens: 0, output_tokens: output, long }, price);
  const batch = costs.batch.total;
  const synchronous = costs.synchronous.total;
  return { batch, synchronous, savings: synchronous - batch };
}

/** Of the likely output that of long requests: as much each as of others, as far as both may have so much. */
function likelyOfLong(likely: number, { long, ...all }: ModelUsage): number {
  const others = {
    max_output_tokens: all.max_output_tokens - long.max_output_tokens,
    uncapped_requests: all.uncapped_requests - long.uncapped_requests,
  };
  const equal = part(likely, long.request_count, all.request_count);
  return Math.min(Math.max(equal, likely - mostOf(others)), mostOf(long));
}

function mostOf(sums: Pick<UsageSums, 'max_output_tokens' | 'uncapped_requests'>): number {
  return sums.uncapped_requests > 0 ? Infinity : sums.max_output_tokens;
}

/** As much of an amount as some are of all, in whole numbers. */
function part(amount: number, some: number, all: number): number {
  // Fractions of large numbers are not exact.
  if (amount === all) return some;
  return all === 0 ? 0 : Math.round(amount * (some / all));
}
