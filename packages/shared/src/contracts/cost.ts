import { z } from 'zod';
import { priceSchema } from './prices.ts';

const dollars = z.number().nonnegative();
const count = z.int().nonnegative();

/** What a batch costs. Amounts are US dollars; null where the price or the tokens are not known. */
export const costSchema = z
  .object({
    currency: z.literal('usd'),
    amount: dollars.nullable().describe('What the batch costs.'),
    synchronous: dollars.nullable().describe('What the same calls cost without a batch.'),
    savings: dollars.nullable(),
    unknown: z
      .enum(['price', 'usage'])
      .nullable()
      .describe(
        'Why there is no amount: no price of the model is known, or nothing says how many tokens, or so many as nobody uses.',
      ),
    basis: z
      .enum(['usage', 'results', 'partial_results'])
      .nullable()
      .describe(
        'Where its tokens are from: what the provider says of the batch, or the lines of its results. With partial_results an answer tells no tokens, or is missing: it costs more than that.',
      ),
  })
  .meta({ id: 'Cost' });

/** What a batch costs. */
export type Cost = z.infer<typeof costSchema>;

/** Of what the cost of a batch is made up, in US dollars, and the price that it was costed with. */
export const costDetailsSchema = z
  .object({
    input: dollars.describe('Input that was not cached.'),
    cached_input: dollars,
    output: dollars.describe('Answers, reasoning included.'),
    price: priceSchema.describe('The one in force when the batch was created.'),
  })
  .meta({ id: 'CostDetails' });

/** Of what the cost of a batch is made up. */
export type CostDetails = z.infer<typeof costDetailsSchema>;

/** What several batches cost together, in US dollars. */
export const costSumSchema = z.object({
  currency: z.literal('usd'),
  amount: dollars
    .nullable()
    .describe('Null, not 0, when the cost of a batch is unknown and the others cost nothing.'),
  synchronous: dollars.nullable(),
  savings: dollars.nullable(),
  unpriced_batches: count.describe('Batches that are not in the amounts: see their cost.unknown.'),
});

/** What several batches cost together. */
export type CostSum = z.infer<typeof costSumSchema>;
