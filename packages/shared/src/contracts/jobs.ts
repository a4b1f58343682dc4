import { z } from 'zod';
import {
  BATCH_STATUSES,
  JOB_STATES,
  JOB_STATUSES,
  REQUEST_OUTCOMES,
  SUBMISSION_STATUSES,
  WAIT_REASONS,
} from '../status.ts';
import { batchSchema } from './batch.ts';
import { budgetSchema, budgetStateSchema } from './budget.ts';
import { costSumSchema } from './cost.ts';
import { createBatchSchema } from './create-batch.ts';
import { providerIdSchema } from './ids.ts';
import { retryPolicySchema } from './retry.ts';
import { warningSchema } from './warning.ts';

const count = z.int().nonnegative();
const unixSeconds = z.int().describe('Unix time in seconds.');

/** Body of `POST /api/jobs`: that of `create`, of any size and with several models, and what a job may be told. */
export const createJobSchema = z
  .strictObject({
    ...createBatchSchema.shape,
    name: z.string().trim().min(1).max(200).optional(),
    retry: retryPolicySchema.prefault({}),
    budget: budgetSchema.optional().describe('What the job may cost.'),
    completion_deadline: unixSeconds
      .min(1)
      .optional()
      .describe(
        'Unix seconds. What is not answered by then is given up: nothing more is sent, batches are cancelled.',
      ),
  })
  .meta({ id: 'CreateJob' });

/** What `POST /api/jobs` takes, before defaults. */
export type CreateJobInput = z.input<typeof createJobSchema>;

/** What `POST /api/jobs` takes, after defaults. */
export type CreateJob = z.output<typeof createJobSchema>;

/** Names one job. */
export const jobIdSchema = z.object({ job_id: providerIdSchema });

/** How many requests of a job have which outcome; they add up to `total`, which is 0 until the input is known. */
export const jobCountsSchema = z.object({
  total: count,
  ...(Object.fromEntries(REQUEST_OUTCOMES.map((outcome) => [outcome, count])) as Record<
    (typeof REQUEST_OUTCOMES)[number],
    typeof count
  >),
});

/** How many requests of a job have which outcome. */
export type JobCounts = z.infer<typeof jobCountsSchema>;

/** Our intent to create one batch of a job, and what became of it. */
export const submissionSchema = z
  .object({
    id: z.string(),
    status: z.enum(SUBMISSION_STATUSES),
    model: z.string().nullable(),
    request_count: count.nullable(),
    estimated_tokens: count.describe('Input tokens that the provider will count, estimated.'),
    estimate_method: z
      .enum(['tokenizer', 'bytes'])
      .nullable()
      .describe(
        'tokenizer: some of the requests were counted with that of the model. bytes: a quarter of the text.',
      ),
    estimate_error: z
      .number()
      .nullable()
      .describe(
        'How far off the estimate may be, as a share of it; see `error` of an estimate. Null until it was refined.',
      ),
    estimated_cost: z
      .number()
      .nullable()
      .describe('US dollars that it is expected to cost, input and answers. Null until it is its turn.'),
    batch_id: z.string().nullable(),
    batch_status: z.enum(BATCH_STATUSES).nullable(),
    waiting: z
      .object({
        reason: z.enum(WAIT_REASONS),
        position: z.int().nullable().describe('1 goes next, of those that wait for the same model.'),
        until: unixSeconds.nullable().describe('Not before then, where that is known.'),
      })
      .nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: unixSeconds,
    settled_at: unixSeconds.nullable().describe('When each of its requests had its outcome.'),
  })
  .meta({ id: 'Submission' });

/** Our intent to create one batch of a job. */
export type SubmissionView = z.infer<typeof submissionSchema>;

/** What a user handed in. */
export const jobSchema = z
  .object({
    id: z.string(),
    object: z.literal('job'),
    kind: z
      .enum(['job', 'batch', 'imported'])
      .describe(
        'job: made by POST /api/jobs. batch: by POST /api/batch/create. imported: seen at the provider.',
      ),
    name: z.string().nullable(),
    status: z.enum(JOB_STATUSES),
    state: z
      .enum(JOB_STATES)
      .describe(
        'How it is doing: that of its batch, if it has one. waiting: nothing of it runs, and something is still to be sent.',
      ),
    provider: z.enum(['openai', 'local']),
    endpoint: z.string(),
    models: z.array(z.string()).describe('Those with most requests first; the first 10.'),
    metadata: z.record(z.string(), z.string()).nullable(),
    retry: retryPolicySchema.nullable(),
    completion_deadline: unixSeconds.nullable(),
    counts: jobCountsSchema,
    answered: z
      .object({ completed: count, failed: count })
      .describe(
        'Of the submitted requests those that the provider says are done, in batches whose results are not here yet.',
      ),
    cost: costSumSchema.describe('Of all its batches, those of earlier attempts too.'),
    usage: z
      .object({
        input_tokens: count,
        output_tokens: count,
        total_tokens: count,
        cached_tokens: count.describe('Of input_tokens.'),
        reasoning_tokens: count.describe('Of output_tokens.'),
      })
      .nullable()
      .describe('Tokens of all its batches, as far as they are known; null while none are.'),
    budget: budgetStateSchema.nullable(),
    batch_count: count,
    batch_ids: z.array(z.string()).describe('Its batches, in the order of their making; the first 1,000.'),
    batch_id: z
      .string()
      .nullable()
      .describe(
        'The batch of a job that was handed in as one: it stays when requests are tried again in others. Null until it is created, and of a job of several.',
      ),
    waiting: z
      .object({ reason: z.enum(WAIT_REASONS), until: unixSeconds.nullable() })
      .nullable()
      .describe(
        'Why the first of its submissions that wait is not sent yet, and until when, where that is known.',
      ),
    stuck: batchSchema.shape.stuck.describe('That of one of its batches which run.'),
    expires_at: unixSeconds.nullable().describe('When the first of its batches that run expires.'),
    input_sha256: z.string().nullable().describe('Of its input, where we have a copy.'),
    input_bytes: count.nullable(),
    created_at: unixSeconds,
    finished_at: unixSeconds.nullable(),
    warnings: z.array(warningSchema).optional(),
  })
  .meta({ id: 'Job' });

/** What a user handed in. */
export type Job = z.infer<typeof jobSchema>;

/** What `POST /api/jobs` and the calls that change a job answer. */
export const jobAnswerSchema = z.object({ success: z.literal(true), job: jobSchema });

/** What `GET /api/jobs/{job_id}` answers. */
export const getJobAnswerSchema = jobAnswerSchema.extend({
  submissions: z.array(submissionSchema).describe('In the order of their making; the first 1,000.'),
});

const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]);

/** Query of `DELETE /api/jobs/{job_id}`. */
export const deleteJobQuerySchema = z.object({
  provider_files: flag.default(false).describe('Delete the files at the provider as well.'),
});

/** What `DELETE /api/jobs/{job_id}` answers. */
export const deleteJobAnswerSchema = z.object({
  success: z.literal(true),
  id: z.string(),
  deleted: z.literal(true),
  provider_files_deleted: count,
});

/** What `delete` answers. */
export type DeleteJobAnswer = z.infer<typeof deleteJobAnswerSchema>;

/** Header of a POST that may be sent again: the same key and body give the same job. */
export const idempotencyKeySchema = z.string().trim().min(1).max(255);
