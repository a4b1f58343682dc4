import { z } from 'zod';
import { providerIdSchema } from './ids.ts';
import { unixSecondsQuery } from './time.ts';

const count = z.int().nonnegative();
const DECIMALS = 6;

/** A number of few decimals, so that sums of money are exact. */
function decimal(decimals: number) {
  return z
    .number()
    .nonnegative()
    .max(1_000_000)
    .refine((value) => value === Number(value.toFixed(decimals)), {
      error: `At most ${decimals} decimals.`,
    });
}

const dollarsPerMillion = decimal(DECIMALS).describe('US dollars per 1,000,000 tokens.');
const share = decimal(4);

/** What a model costs. Tokens are billed per 1,000,000, synchronously; as a batch `batch_share` of that. */
export const priceSchema = z
  .strictObject({
    model: z.string().trim().min(1).max(200).describe('The name without its date: gpt-4o-mini.'),
    input: dollarsPerMillion,
    cached_input: dollarsPerMillion.nullable().default(null).describe('Null: as much as other input.'),
    output: dollarsPerMillion,
    batch_share: share.max(1).default(0.5).describe('What a batch costs of the synchronous price.'),
    long_context: z
      .strictObject({
        above_input_tokens: z.int().min(1),
        input_multiplier: share.max(100),
        output_multiplier: share.max(100),
      })
      .nullable()
      .default(null)
      .describe('What a request costs that has more input tokens than that: all of its tokens.'),
    effective_from: z.iso
      .date()
      .nullable()
      .default(null)
      .describe('The first day, in UTC, on which it holds. Null: it has always held.'),
  })
  .refine(({ input, cached_input }) => cached_input === null || cached_input <= input, {
    path: ['cached_input'],
    error: 'Cached input costs no more than input.',
  })
  .meta({ id: 'Price' });

/** What a model costs. */
export type Price = z.output<typeof priceSchema>;

/** Where a price comes from: the table that is part of the product, or its user's. */
const sourceSchema = z.enum(['built_in', 'own']);

/** A price, and whose it is. */
export const listedPriceSchema = priceSchema.safeExtend({ source: sourceSchema }).meta({ id: 'ListedPrice' });

/** A price, and whose it is. */
export type ListedPrice = z.output<typeof listedPriceSchema>;

/** What `GET` and `PUT /api/prices` answer: what `PUT` takes, so that it can be kept and given back. */
export const listPricesAnswerSchema = z.object({
  success: z.literal(true),
  currency: z.literal('usd'),
  built_in_read: z.iso.date().describe('When the built-in prices were read.'),
  prices: z
    .array(listedPriceSchema)
    .describe(
      'By model, then by date. Built-in ones are left out where your own price of the model holds at least as long.',
    ),
});

/** What `GET /api/prices` answers, without `success`. */
export type PriceList = Omit<z.infer<typeof listPricesAnswerSchema>, 'success'>;

/** Body of `PUT /api/prices`: all prices of your own, and any of the built-in ones, which are left out. */
export const setPricesSchema = z
  .object({
    prices: z
      .array(
        priceSchema.safeExtend({
          source: sourceSchema
            .optional()
            .describe('built_in: left out; it has to be one of the built-in prices. Else it is your own.'),
        }),
      )
      // The own ones, and as many built-in ones as GET may list with them.
      .max(5_000)
      .describe('At most 2,000 of your own.'),
  })
  .meta({ id: 'SetPrices' });

/** What `PUT /api/prices` takes, before defaults. */
export type SetPricesInput = z.input<typeof setPricesSchema>;

/** What `PUT /api/prices` takes, after defaults. */
export type SetPrices = z.output<typeof setPricesSchema>;

/** Body of `POST /api/prices/recost`: which batches are costed again, with the prices as they are known now. */
export const recostSchema = z
  .strictObject({
    batch_id: providerIdSchema.optional(),
    model: z.string().min(1).max(500).optional().describe('As the batches have it, with its date.'),
    from: unixSecondsQuery.optional().describe('Batches created since then.'),
    to: unixSecondsQuery.optional().describe('Batches created before then.'),
  })
  .meta({ id: 'Recost' });

/** What `recost` takes. */
export type Recost = z.output<typeof recostSchema>;

/** What `POST /api/prices/recost` answers. */
export const recostAnswerSchema = z.object({
  success: z.literal(true),
  batches: count.describe('Batches that were looked at.'),
  changed: count.describe('Of these, those whose cost is another one now.'),
});

/** What `recost` answers, without `success`. */
export type RecostAnswer = Omit<z.infer<typeof recostAnswerSchema>, 'success'>;
