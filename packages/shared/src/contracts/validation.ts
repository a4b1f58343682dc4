import { z } from 'zod';
import { createBatchSchema } from './create-batch.ts';
import { errorAnswerSchema } from './error.ts';

const count = z.int().nonnegative();

/** Body of `POST /api/batch/validate`: that of `create` with its requests; `endpoint` may be left out. */
export const validateInputSchema = createBatchSchema
  .omit({ input_file_id: true })
  .partial({ endpoint: true });

/** What an input is, good or bad. */
export const validationSchema = z
  .object({
    valid: z.boolean(),
    request_count: count,
    bytes: count.describe('Of the input as it would be sent: one request a line.'),
    endpoint: z.string().nullable().describe('The URL of the requests.'),
    models: z.array(z.object({ model: z.string(), request_count: count })).describe('Most requests first.'),
    embedding_inputs: count,
    sample: z
      .array(z.any())
      .describe('Up to three good requests among the first 20; those of over 10,000 bytes are left out.'),
  })
  .meta({ id: 'Validation' });

/** What an input is, good or bad. */
export type Validation = z.infer<typeof validationSchema>;

/** What `validate` answers to an input that `create` would take. */
export const validationAnswerSchema = z.object({ success: z.literal(true), validation: validationSchema });

/** What `validate` answers to an input that `create` would refuse: the same error, and what the input is. */
export const validationErrorAnswerSchema = errorAnswerSchema.extend({
  validation: validationSchema.optional(),
});
