import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { JOB_STATES, JOB_STATUSES } from '../status.ts';
import { providerIdSchema } from './ids.ts';
import { jobSchema } from './jobs.ts';

const count = z.int().nonnegative();
const wholeNumber = z.coerce.number<number | string>().int();
const unixSeconds = wholeNumber.nonnegative();
const text = z.string().min(1).max(200);
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]);

/** What jobs can be sorted by. */
export const JOB_SORTS = ['created_at', 'finished_at', 'requests', 'cost'] as const;

/** A pair of metadata to look for; any value where there is none. */
export interface MetadataFilter {
  key: string;
  value?: string;
}

const metadataFilter = z
  .string()
  .min(1)
  .max(LIMITS.metadataKeyCharacters + 1 + LIMITS.metadataValueCharacters)
  .transform((written): MetadataFilter => {
    const [key = '', ...rest] = written.split('=');
    return rest.length === 0 ? { key } : { key, value: rest.join('=') };
  });

const filters = {
  status: z.enum(JOB_STATUSES).optional(),
  kind: z.enum(['job', 'batch', 'imported']).optional(),
  endpoint: text.optional(),
  model: text.optional().describe('Jobs of which some requests are for this model.'),
  q: text
    .optional()
    .describe(
      'Text to find in the id, the name, the ids of the batches, the endpoint, the models and the metadata.',
    ),
  metadata: metadataFilter.optional().describe('key=value, or key alone for any value.'),
  created_after: unixSeconds.optional().describe('Unix seconds; this moment included.'),
  created_before: unixSeconds.optional().describe('Unix seconds; this moment excluded.'),
  has_errors: flag
    .optional()
    .describe('Whether a request ended without success, and no other attempt took its place.'),
  input_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'it has to be 64 hexadecimal digits in lower case.')
    .optional()
    .describe('Jobs whose input had this content.'),
};
const stateFilter = { state: z.enum(JOB_STATES).optional() };
const sorting = {
  sort: z.enum(JOB_SORTS).default('created_at').describe('Jobs without a value come last, in both orders.'),
  order: z.enum(['desc', 'asc']).default('desc'),
};

/** Which jobs. */
export const jobFiltersSchema = z.object({ ...stateFilter, ...filters });

/** Which jobs, after parsing. */
export type JobFilters = z.output<typeof jobFiltersSchema>;

/** Query of `GET /api/jobs`. */
export const listJobsSchema = z.object({
  limit: wholeNumber.min(LIMITS.listPage.min).max(LIMITS.listPage.max).default(LIMITS.listPage.default),
  after: text.optional().describe('The `next` of the page before, or the id of a job.'),
  ...sorting,
  ...stateFilter,
  ...filters,
});

/** What `GET /api/jobs` takes, before defaults. */
export type ListJobsInput = z.input<typeof listJobsSchema>;

/** What `GET /api/jobs` takes, after defaults. */
export type ListJobs = z.output<typeof listJobsSchema>;

/** What `GET /api/jobs` answers. */
export const listJobsAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(jobSchema),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
  next: z
    .string()
    .nullable()
    .describe('What `after` is for the next page; null on the last one. It holds when its job is deleted.'),
});

/** What `GET /api/jobs` answers. */
export type ListJobsAnswer = z.infer<typeof listJobsAnswerSchema>;

/** Query of `GET /api/jobs/counts`: all filters but the state, by which it counts. */
export const countJobsSchema = z.object(filters);

/** What `GET /api/jobs/counts` takes, before parsing. */
export type CountJobsInput = z.input<typeof countJobsSchema>;

/** What `GET /api/jobs/counts` takes. */
export type CountJobs = z.output<typeof countJobsSchema>;

/** What `GET /api/jobs/counts` answers. The counts of the states add up to `total`. */
export const countJobsAnswerSchema = z.object({
  success: z.literal(true),
  total: count,
  by_state: z.object(
    Object.fromEntries(JOB_STATES.map((state) => [state, count])) as Record<
      (typeof JOB_STATES)[number],
      typeof count
    >,
  ),
  is_partial: z
    .literal(true)
    .optional()
    .describe(
      'There when not all jobs were looked at, because that would take long: there are as many, or more.',
    ),
});

/** What `GET /api/jobs/counts` answers. */
export type CountJobsAnswer = z.infer<typeof countJobsAnswerSchema>;

/** Query of `GET /api/jobs/list.csv`. */
export const jobsTableSchema = z.object({
  ids: z
    .string()
    .max(100 * 100)
    .transform((ids) => ids.split(','))
    .pipe(z.array(providerIdSchema).max(100))
    .optional()
    .describe('Of the jobs that match, only these: up to 100 ids, with commas between them.'),
  ...sorting,
  ...stateFilter,
  ...filters,
});

/** What `GET /api/jobs/list.csv` takes, before parsing. */
export type JobsTableInput = z.input<typeof jobsTableSchema>;

/** What `GET /api/jobs/list.csv` takes. */
export type JobsTable = z.output<typeof jobsTableSchema>;
