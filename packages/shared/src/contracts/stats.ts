import { z } from 'zod';
import { BATCH_STATUSES } from '../status.ts';
import { requestCountsSchema } from './batch.ts';

const count = z.int().nonnegative();

/** Totals over the batches in the database. `by_status` lists the statuses that occur. */
export const statsSchema = z
  .object({
    total_batches: count,
    by_status: z.partialRecord(z.enum(BATCH_STATUSES), count),
    request_counts: requestCountsSchema,
    usage: z.object({ input_tokens: count, output_tokens: count, total_tokens: count }),
  })
  .meta({ id: 'Stats' });

/** Totals over the batches in the database. */
export type Stats = z.infer<typeof statsSchema>;

/** What `stats` answers. */
export const statsAnswerSchema = z.object({ success: z.literal(true), stats: statsSchema });
