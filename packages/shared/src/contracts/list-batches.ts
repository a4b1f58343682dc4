import { z } from 'zod';
import { BATCH_STATUSES } from '../status.ts';
import { LIMITS } from '../limits.ts';
import { batchSchema } from './batch.ts';

const wholeNumber = z.coerce.number<number | string>().int();
const unixSeconds = wholeNumber.nonnegative();
const text = z.string().min(1).max(200);

const filters = {
  status: z.enum(BATCH_STATUSES).optional(),
  endpoint: text.optional(),
  model: text.optional(),
  q: text.optional().describe('Text to find in the id, the files, the endpoint, the model and the metadata.'),
  created_after: unixSeconds.optional().describe('Unix seconds; this moment included.'),
  created_before: unixSeconds.optional().describe('Unix seconds; this moment excluded.'),
};

/** Which batches of the database to list: query of `GET /api/batch/list.csv`. */
export const batchFiltersSchema = z.object(filters);

/** Which batches of the database to list. */
export type BatchFilters = z.output<typeof batchFiltersSchema>;

/** Query of `GET /api/batch/list`. Newest first. Filters other than `limit` and `after` are for `source=local`. */
export const listBatchesSchema = z
  .object({
    source: z.enum(['local', 'api']).default('local').describe('local: the database. api: the provider.'),
    limit: wholeNumber.min(LIMITS.listPage.min).max(LIMITS.listPage.max).default(LIMITS.listPage.default),
    after: text.optional().describe('The last id of the page before.'),
    offset: wholeNumber.nonnegative().max(10_000_000).optional(),
    ...filters,
  })
  .refine((query) => query.after === undefined || query.offset === undefined, {
    path: ['offset'],
    error: 'Use either after or offset, not both.',
  });

/** What `list` takes, before defaults. */
export type ListBatchesInput = z.input<typeof listBatchesSchema>;

/** What `list` takes, after defaults. */
export type ListBatches = z.output<typeof listBatchesSchema>;

/**
 * What `list` answers. `total` counts all that match, where that is known: the provider does not tell, and the database
 * not where too many would have to be counted, which happens with dates and with `q` only.
 */
export const listBatchesAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(batchSchema),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
  total: z
    .int()
    .nonnegative()
    .optional()
    .describe('All that match. Left out for source=api, and where it would take too long to count.'),
});

/** What `list` answers. */
export type ListBatchesAnswer = z.infer<typeof listBatchesAnswerSchema>;
