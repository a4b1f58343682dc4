import { z } from 'zod';
import { BATCH_STATUSES } from '../status.ts';
import { costSchema } from './cost.ts';
import { warningSchema } from './warning.ts';

const unixSeconds = z.int().describe('Unix time in seconds.');
const count = z.int().nonnegative();

/** How many requests of a batch are done; `total` stays 0 until the provider has validated the input. */
export const requestCountsSchema = z.object({ total: count, completed: count, failed: count });

/** Tokens of a batch, summed by the provider over the requests that were answered. */
export const usageSchema = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }).optional(),
  output_tokens: count,
  output_tokens_details: z.object({ reasoning_tokens: count }).optional(),
  total_tokens: count,
});

/** One reason why the provider refused an input file; `line` is 1-based. */
export const batchErrorSchema = z.object({
  code: z.string().nullable(),
  message: z.string().nullable(),
  param: z.string().nullable(),
  line: z.int().nullable(),
});

/** OpenAI's batch object, every field, and four of ours: `job_id`, `provider`, `cost` and `stuck`. */
export const batchSchema = z
  .object({
    id: z.string(),
    object: z.literal('batch'),
    endpoint: z.string(),
    model: z.string().nullable(),
    errors: z.object({ object: z.literal('list'), data: z.array(batchErrorSchema) }).nullable(),
    input_file_id: z.string(),
    completion_window: z.string(),
    status: z.enum(BATCH_STATUSES),
    output_file_id: z.string().nullable(),
    error_file_id: z.string().nullable(),
    created_at: unixSeconds,
    in_progress_at: unixSeconds.nullable(),
    expires_at: unixSeconds.nullable(),
    finalizing_at: unixSeconds.nullable(),
    completed_at: unixSeconds.nullable(),
    failed_at: unixSeconds.nullable(),
    expired_at: unixSeconds.nullable(),
    cancelling_at: unixSeconds.nullable(),
    cancelled_at: unixSeconds.nullable(),
    request_counts: requestCountsSchema,
    usage: usageSchema.nullable(),
    metadata: z.record(z.string(), z.string()).nullable(),
    job_id: z.string().describe('The job this batch belongs to.'),
    provider: z.enum(['openai', 'local']).describe('Who runs the batch.'),
    cost: costSchema.nullable().describe('Null while nothing is known of it: the batch runs.'),
    stuck: z
      .enum(['window', 'validating', 'finalizing', 'cancelling'])
      .optional()
      .describe(
        'There when the provider takes unusually long: beyond the completion window, or in this status.',
      ),
  })
  .meta({ id: 'Batch' });

/** A batch, as the provider describes it and as we store it. */
export type Batch = z.infer<typeof batchSchema>;

/** Tokens of a batch. */
export type Usage = z.infer<typeof usageSchema>;

/** What `cancel` answers. */
export const batchAnswerSchema = z.object({ success: z.literal(true), batch: batchSchema });

/** What `create` answers. */
export const createBatchAnswerSchema = batchAnswerSchema.extend({
  input_file_reused: z
    .literal(true)
    .optional()
    .describe('The provider had the same content already: no file was sent.'),
  warnings: z.array(warningSchema).optional(),
});
