import { z } from 'zod';
import { providerIdSchema } from './ids.ts';

const wholeNumber = z.coerce.number<number | string>().int();
const unixSeconds = z.int().describe('Unix time in seconds.');

/** Something that happened. */
export const eventSchema = z
  .object({
    id: z.int(),
    type: z.string(),
    job_id: z.string().nullable(),
    batch_id: z.string().nullable(),
    created_at: unixSeconds,
    data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  })
  .meta({ id: 'Event' });

/** Something that happened. */
export type JobEvent = z.infer<typeof eventSchema>;

/** Input of the subscription `events.live`: events of one job or of all. */
export const followEventsSchema = z.object({
  job_id: providerIdSchema.optional(),
  after: z
    .int()
    .nonnegative()
    .optional()
    .describe('The last id that is known: what came after it comes first. Without it only what is to come.'),
});

/** What `events.live` takes. */
export type FollowEvents = z.output<typeof followEventsSchema>;

/** Query of `GET /api/jobs/{job_id}/events`. Oldest first, unless told. */
export const listEventsSchema = z.object({
  limit: wholeNumber.min(1).max(1_000).default(100),
  after: wholeNumber
    .nonnegative()
    .default(0)
    .describe('The last_id of the page before; 0, or left out, for the first page.'),
  order: z.enum(['asc', 'desc']).default('asc').describe('asc: oldest first. desc: newest first.'),
});

/** What `events` takes, before defaults. */
export type ListEventsInput = z.input<typeof listEventsSchema>;

/** What `events` takes, after defaults. */
export type ListEvents = z.output<typeof listEventsSchema>;

/** What `GET /api/jobs/{job_id}/events` answers. */
export const listEventsAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(eventSchema),
  last_id: z.int().nullable(),
  has_more: z.boolean(),
});

/** What `events` answers. */
export type ListEventsAnswer = z.infer<typeof listEventsAnswerSchema>;
