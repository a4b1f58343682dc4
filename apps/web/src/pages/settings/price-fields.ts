import type { Price } from '@batchdesk/shared';
import { readDecimal, writeDecimal } from '../../format/decimal.ts';

/** What the form of a price holds, as it was typed. */
export interface PriceFields {
  model: string;
  since: string;
  input: string;
  cached: string;
  output: string;
  /** Percent. */
  share: string;
  above: string;
  inputTimes: string;
  outputTimes: string;
}

/** What is wrong with a field. */
export type PriceProblem = 'no_model' | 'no_number' | 'above_input';

/** What is wrong with which field. */
export type PriceProblems = Partial<Record<keyof PriceFields, PriceProblem>>;

const PERCENT = 100;
const SHARE_DECIMALS = 4;

/** The fields of a price; those of a new one without it. */
export function toFields(price: Price | null, language: string): PriceFields {
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : writeDecimal(value, language);
  const share = (price?.batch_share ?? 0.5) * PERCENT;
  return {
    model: price?.model ?? '',
    since: price?.effective_from ?? '',
    input: write(price?.input),
    cached: write(price?.cached_input),
    output: write(price?.output),
    share: write(Number(share.toFixed(SHARE_DECIMALS))),
    above: write(price?.long_context?.above_input_tokens),
    inputTimes: write(price?.long_context?.input_multiplier),
    outputTimes: write(price?.long_context?.output_multiplier),
  };
}

/** The price that fields say, or what is wrong with them. */
export function readFields(fields: PriceFields): { price: Price } | { problems: PriceProblems } {
  const problems: PriceProblems = {};
  function decimal(name: keyof PriceFields): number {
    const value = readDecimal(fields[name]);
    if (Number.isNaN(value)) problems[name] = 'no_number';
    return value;
  }
  const model = fields.model.trim();
  if (model === '') problems.model = 'no_model';
  const isLong = [fields.above, fields.inputTimes, fields.outputTimes].some((text) => text.trim() !== '');
  const price: Price = {
    model,
    input: decimal('input'),
    cached_input: fields.cached.trim() === '' ? null : decimal('cached'),
    output: decimal('output'),
    batch_share: Number((decimal('share') / PERCENT).toFixed(SHARE_DECIMALS)),
    long_context: isLong
      ? {
          above_input_tokens: decimal('above'),
          input_multiplier: decimal('inputTimes'),
          output_multiplier: decimal('outputTimes'),
        }
      : null,
    effective_from: fields.since || null,
  };
  if (price.cached_input !== null && price.cached_input > price.input) problems.cached = 'above_input';
  return Object.keys(problems).length > 0 ? { problems } : { price };
}
