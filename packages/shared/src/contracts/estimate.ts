import { z } from 'zod';
import { errorAnswerSchema } from './error.ts';
import { priceSchema } from './prices.ts';
import { validationSchema } from './validation.ts';

const count = z.int().nonnegative();
const dollars = z.number().nonnegative();

/** US dollars: at least, likely, at most; null where that is not known. */
const rangeSchema = z.object({
  low: dollars.nullable().describe('Without any answer, and with as few input tokens as may be.'),
  likely: dollars.nullable().describe('With answers as long as those before. Null when there were none.'),
  high: dollars
    .nullable()
    .describe(
      'With answers as long as the requests allow, and as many input tokens as may be. Null when one has no limit.',
    ),
});

/** US dollars: at least, likely, at most. */
export type CostRange = z.infer<typeof rangeSchema>;

const costsSchema = {
  batch: rangeSchema.describe(
    'US dollars. Null where a model has no price; of several models, those that have one.',
  ),
  synchronous: rangeSchema.describe('The same calls without a batch.'),
  savings: rangeSchema.describe('synchronous less batch.'),
};

const tokensSchema = {
  input_tokens: z.object({
    estimate: count,
    low: count,
    high: count,
    method: z
      .enum(['tokenizer', 'bytes'])
      .describe(
        'tokenizer: requests were counted with that of the model. bytes: a quarter of the text, for some at least.',
      ),
    error: z
      .number()
      .describe(
        'How far off it may be, as a share: low and high are as far from it. Of a sample: 95 of 100 estimates are within it. ' +
          'What is not counted is taken to be off by half: images, sounds and files, requests much larger than those ' +
          'that were counted, and requests that go on with what the provider keeps (previous_response_id, ' +
          'conversation, a stored prompt), which may have far more tokens than are seen here.',
      ),
    counted_requests: count.describe('Requests that were counted; a sample when there are more.'),
  }),
  output_tokens: z.object({
    likely: count.nullable().describe('By what was answered before. Null when nothing was.'),
    high: count
      .nullable()
      .describe('max_tokens, max_completion_tokens or max_output_tokens of all. Null when one has none.'),
    uncapped_requests: count.describe('Requests that do not say how long their answer may be.'),
    history_requests: count.describe('Requests of the model and endpoint that likely is taken from.'),
  }),
};

/** What an input of one model would come to. */
const modelEstimateSchema = z.object({
  model: z.string(),
  request_count: count,
  batches: count,
  ...tokensSchema,
  ...costsSchema,
  price: priceSchema.nullable(),
  unknown_price: z
    .enum(['fine_tuned', 'unknown_model'])
    .nullable()
    .describe('Why there is no price. PUT /api/prices adds one.'),
  capacity: z.object({
    limit: count.nullable().describe('Input tokens that may be enqueued at once, where that is known.'),
    enqueued: count.describe('Input tokens that are enqueued now, estimated.'),
    verdict: z
      .enum(['now', 'waits', 'in_turns', 'too_large', 'unknown', 'paused'])
      .describe(
        'now: there is room. waits: not until others have ended. in_turns: a batch after the other. too_large: a ' +
          'single request is over the limit. unknown: the limit is found out by sending. paused: nothing is sent.',
      ),
  }),
});

/** What an input of one model would come to. */
export type ModelEstimate = z.infer<typeof modelEstimateSchema>;

/** What an input would come to if it were sent now. */
export const estimateSchema = z
  .object({
    currency: z.literal('usd'),
    request_count: count,
    batches: count.describe('How many it would be, as POST /api/jobs sends it.'),
    fits_one_batch: z.boolean().describe('Whether POST /api/batch/create takes it.'),
    ...tokensSchema,
    ...costsSchema,
    unpriced_requests: count.describe('Requests of models without a price: no amount has them.'),
    models: z.array(modelEstimateSchema).describe('Most requests first.'),
  })
  .meta({ id: 'Estimate' });

/** What an input would come to if it were sent now. */
export type Estimate = z.infer<typeof estimateSchema>;

/** What `estimate` answers. */
export const estimateAnswerSchema = z.object({
  success: z.literal(true),
  validation: validationSchema,
  estimate: estimateSchema,
});

/** What `estimate` answers to an input that would be refused. */
export const estimateErrorAnswerSchema = errorAnswerSchema.extend({
  validation: validationSchema.optional(),
});
