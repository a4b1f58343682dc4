import { z } from 'zod';
import { BATCH_ENDPOINTS } from '../endpoints.ts';
import { LIMITS } from '../limits.ts';
import { providerIdSchema } from './ids.ts';
import { metadataSchema } from './metadata.ts';

/** One line of input: what to call, with what, and the id under which its answer comes back. */
export interface BatchRequest {
  /** Unique within the batch. */
  custom_id: string;
  method: 'POST';
  /** The batch's endpoint. */
  url: string;
  /** What the endpoint takes. */
  body: Record<string, unknown>;
}

/**
 * One element of `requests`. Left unparsed here: the input validator checks elements and file lines alike, and
 * names the element; checking it twice would cost seconds at 50,000.
 */
const batchRequestSchema = z.any().meta({
  type: 'object',
  description: 'One request: its answer comes back under its custom_id.',
  required: ['custom_id', 'method', 'url', 'body'],
  properties: {
    custom_id: { type: 'string', description: 'Unique within the batch.' },
    method: { type: 'string', enum: ['POST'] },
    url: { type: 'string', description: 'The same as endpoint.' },
    body: { type: 'object', description: 'What the endpoint takes; model is required.' },
  },
}) as z.ZodType<BatchRequest, BatchRequest>;

/** When the provider deletes the output files; from `created_at`, in seconds. */
export const outputExpiresAfterSchema = z.strictObject({
  anchor: z.literal('created_at'),
  seconds: z
    .int()
    .min(LIMITS.outputExpiresAfterSeconds.min)
    .max(LIMITS.outputExpiresAfterSeconds.max)
    .describe('1 hour to 30 days.'),
});

/** When the provider deletes the output files. */
export type OutputExpiresAfter = z.infer<typeof outputExpiresAfterSchema>;

/** Body of `POST /api/batch/create`. Exactly one of `requests` and `input_file_id` is needed. */
export const createBatchSchema = z
  .strictObject({
    endpoint: z.enum(BATCH_ENDPOINTS),
    completion_window: z.literal('24h').default('24h'),
    requests: z.array(batchRequestSchema).optional(),
    input_file_id: providerIdSchema.optional().describe('A file that was uploaded before.'),
    metadata: metadataSchema.optional(),
    output_expires_after: outputExpiresAfterSchema.optional(),
  })
  .meta({ id: 'CreateBatch' });

/** What `create` takes, before defaults. */
export type CreateBatchInput = z.input<typeof createBatchSchema>;

/** What `create` takes, after defaults. */
export type CreateBatch = z.output<typeof createBatchSchema>;
