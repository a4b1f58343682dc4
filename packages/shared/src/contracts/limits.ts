import { z } from 'zod';

const count = z.int().nonnegative();

/** What may be enqueued of a model at the provider, and what is. */
export const modelLimitSchema = z
  .object({
    model: z.string(),
    enqueued_tokens: count
      .nullable()
      .describe('Input tokens of the model that may be enqueued at once. Null while that is not known.'),
    source: z
      .enum(['settings', 'learned'])
      .nullable()
      .describe('settings: set by PUT /api/limits. learned: the provider named it when it refused a batch.'),
    enqueued: count.describe('Input tokens enqueued now by batches made here, estimated.'),
    waiting: count.describe('Batches that are still to be created.'),
    blocked_until: count
      .nullable()
      .describe('Unix seconds. Nothing is sent before, because the provider had no room.'),
  })
  .meta({ id: 'ModelLimit' });

/** What may be enqueued of a model at the provider, and what is. */
export type ModelLimitView = z.infer<typeof modelLimitSchema>;

/** What `GET /api/limits` answers. */
export const listLimitsAnswerSchema = z.object({
  success: z.literal(true),
  data: z
    .array(modelLimitSchema)
    .describe('Models with a limit, or with batches that wait or are active; by name.'),
});

/** Body of `PUT /api/limits`. */
export const setLimitSchema = z
  .strictObject({
    model: z.string().min(1).max(500),
    enqueued_tokens: z
      .int()
      .min(1)
      .nullable()
      .describe('The limit of your account. Null forgets what was set and learned.'),
  })
  .meta({ id: 'SetLimit' });

/** What `PUT /api/limits` takes. */
export type SetLimit = z.infer<typeof setLimitSchema>;

/** What `PUT /api/limits` answers. */
export const setLimitAnswerSchema = z.object({ success: z.literal(true), limit: modelLimitSchema });
