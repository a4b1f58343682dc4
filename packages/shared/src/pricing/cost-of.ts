import type { Price } from '../contracts/prices.ts';

/** Tokens that are billed, in whole numbers. */
export interface BilledTokens {
  input_tokens: number;
  /** Of the input tokens. */
  cached_tokens: number;
  output_tokens: number;
  /** Those among them that belong to requests above the price's `long_context`. */
  long?: { input_tokens: number; cached_tokens: number; output_tokens: number } | undefined;
}

/** What tokens cost, in units of 1e-10 US dollars: `total` is the sum of the others. */
export interface CostUnits {
  input: bigint;
  cached_input: bigint;
  output: bigint;
  total: bigint;
}

/** What tokens cost in a batch, and in calls without one. */
export interface Costs {
  batch: CostUnits;
  synchronous: CostUnits;
}

/** Prices have 6 decimals, a share and a multiplier 4: products of them are whole numbers of 1e-20 dollars. */
const MICRO = 1e6;
const SHARE = 1e4;
const ONE = BigInt(SHARE);
/** Of 1e-20 dollars in a unit. */
const UNIT = 10n ** 10n;
const UNITS_PER_DOLLAR = 1e10;

/** What tokens cost at a price. Exact, but that each part is rounded to a unit, half of one up. */
export function costOf(tokens: BilledTokens, price: Price): Costs {
  const share = BigInt(Math.round(price.batch_share * SHARE));
  return { batch: atShare(tokens, price, share), synchronous: atShare(tokens, price, ONE) };
}

/** US dollars of units of 1e-10. */
export function toDollars(units: bigint): number {
  return Number(units) / UNITS_PER_DOLLAR;
}

/** US dollars in digits, never as 1e-7: `12.5`, `0.0012`. */
export function toDecimal(dollars: number): string {
  return dollars.toFixed(10).replace(/\.?0+$/, '');
}

/** Units of 1e-10 US dollars. */
export function toUnits(dollars: number): bigint {
  return BigInt(Math.round(dollars * UNITS_PER_DOLLAR));
}

function atShare(
  { input_tokens, cached_tokens, output_tokens, long }: BilledTokens,
  price: Price,
  share: bigint,
): CostUnits {
  const { long_context: tier } = price;
  const above = tier && long ? long : { input_tokens: 0, cached_tokens: 0, output_tokens: 0 };
  const of = (all: number, longOnes: number, dollars: number, multiplier: number) =>
    round(
      BigInt(Math.max(0, all - longOnes)) * rate(dollars, 1) * share +
        BigInt(longOnes) * rate(dollars, multiplier) * share,
    );
  const cachedPrice = price.cached_input ?? price.input;
  const parts = {
    input: of(
      input_tokens - cached_tokens,
      above.input_tokens - above.cached_tokens,
      price.input,
      tier?.input_multiplier ?? 1,
    ),
    cached_input: of(cached_tokens, above.cached_tokens, cachedPrice, tier?.input_multiplier ?? 1),
    output: of(output_tokens, above.output_tokens, price.output, tier?.output_multiplier ?? 1),
  };
  return { ...parts, total: parts.input + parts.cached_input + parts.output };
}

/** Of a token, in 1e-16 dollars. */
function rate(dollarsPerMillion: number, multiplier: number): bigint {
  return BigInt(Math.round(dollarsPerMillion * MICRO)) * BigInt(Math.round(multiplier * SHARE));
}

function round(amount: bigint): bigint {
  return (amount + UNIT / 2n) / UNIT;
}
