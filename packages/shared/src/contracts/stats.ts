import { z } from 'zod';
import { BATCH_STATUSES } from '../status.ts';
import { requestCountsSchema } from './batch.ts';
import { unixSecondsQuery } from './time.ts';

const count = z.int().nonnegative();
const dollars = z.number().nonnegative();
const seconds = z.number().nonnegative();
const rate = z.number().min(0).max(1);

/** What totals can be grouped by, besides `metadata.<key>`. Days, weeks and months are of UTC; weeks begin on Monday. */
export const STATS_GROUPS = ['day', 'week', 'month', 'model', 'endpoint'] as const;

/** Query of `GET /api/batch/stats` and `stats.csv`. */
export const statsQuerySchema = z
  .object({
    from: unixSecondsQuery
      .optional()
      .describe('Batches created since then. Unix seconds, or a day: 2026-11-23.'),
    to: unixSecondsQuery
      .optional()
      .describe('Batches created before then. Unix seconds, or a day: 2026-12-01.'),
    group_by: z
      .union([z.enum(STATS_GROUPS), z.templateLiteral(['metadata.', z.string().min(1).max(64)])], {
        error: 'it has to be day, week, month, model, endpoint or metadata.<key>.',
      })
      .optional()
      .describe('day, week, month, model, endpoint or metadata.<key>'),
    provider: z.enum(['openai', 'local']).optional().describe('Batches of this one only.'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'to must not be before from.',
  });

/** What `stats` takes, before defaults. */
export type StatsQueryInput = z.input<typeof statsQuerySchema>;

/** What `stats` takes. */
export type StatsQuery = z.output<typeof statsQuerySchema>;

/** How long something took, over some batches. Nearest rank; exact below 64 seconds, above within 2 %. */
const timesSchema = z.object({
  batches: count.describe('Batches that are counted.'),
  median: seconds.nullable().describe('Seconds.'),
  p95: seconds.nullable().describe('Seconds: 95 of 100 batches took no longer.'),
});

const measures = {
  total_batches: count,
  request_counts: requestCountsSchema,
  usage: z.object({
    input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    cached_tokens: count.describe('Of input_tokens.'),
    reasoning_tokens: count.describe('Of output_tokens.'),
  }),
  cost: dollars
    .nullable()
    .describe('US dollars. Null when batches ran and the cost of none of them is known.'),
  savings: dollars.nullable().describe('US dollars: synchronous_cost less cost.'),
  synchronous_cost: dollars.nullable().describe('What the same calls cost without a batch.'),
  unpriced_batches: count.describe(
    'Batches that ran and that cost does not have, because their price or their tokens are not known.',
  ),
};

/** Totals over some batches. */
export const statsTotalsSchema = z.object(measures).meta({ id: 'StatsTotals' });

const rates = {
  success_rate: z.object({
    requests: rate
      .nullable()
      .describe(
        'Of the requests that batches which have ended had answers to, those completed: completed / (completed + failed). Requests that expired or were cancelled before their turn are in neither.',
      ),
    batches: rate
      .nullable()
      .describe('Of the batches that have ended, those completed; not those failed, expired or cancelled.'),
  }),
  time_to_completion: timesSchema.describe('From creation, of completed batches.'),
  wait_for_capacity: timesSchema.describe('Before it was sent, of batches of jobs.'),
};

/** Totals over the batches of one group. */
export const statsGroupSchema = z
  .object({
    group: z
      .string()
      .describe(
        '2026-11-23, 2026-W48 (ISO), 2026-11, a model, an endpoint, or a value. Empty for the batches that have no model, or not this key. Times without a batch are left out. A metadata key named batchdesk has no groups.',
      ),
    ...measures,
    ...rates,
  })
  .meta({ id: 'StatsGroup' });

/** Totals over the batches of one group. */
export type StatsGroup = z.infer<typeof statsGroupSchema>;

/** Totals over the batches in the database. `by_status` lists the statuses that occur. */
export const statsSchema = z
  .object({
    ...measures,
    by_status: z.partialRecord(z.enum(BATCH_STATUSES), count),
    ...rates,
    by_model: z.record(z.string(), statsTotalsSchema).describe('By model; "" where it is not known.'),
    by_endpoint: z.record(z.string(), statsTotalsSchema),
    groups: z
      .array(statsGroupSchema)
      .optional()
      .describe('With group_by: by time, otherwise what costs most first. The first 1,000.'),
    has_more_groups: z.literal(true).optional().describe('There are more groups than are listed.'),
  })
  .meta({ id: 'Stats' });

/** Totals over the batches in the database. */
export type Stats = z.infer<typeof statsSchema>;

/** Totals over some batches. */
export type StatsTotals = z.infer<typeof statsTotalsSchema>;

/** What `stats` answers. */
export const statsAnswerSchema = z.object({ success: z.literal(true), stats: statsSchema });
