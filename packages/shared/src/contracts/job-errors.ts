import { z } from 'zod';

const count = z.int().nonnegative();

/** Requests of a job that did not succeed, in the same way. */
const errorGroupSchema = z
  .object({
    outcome: z.enum(['failed', 'expired', 'cancelled', 'missing']),
    error_code: z.string().nullable(),
    status_code: z.int().nullable(),
    count,
    sample: z
      .object({
        line: z.int().describe('1-based line of the input.'),
        custom_id: z.string(),
        message: z
          .string()
          .nullable()
          .describe('What the result says, at most 1,000 characters. Null when no line came.'),
      })
      .describe('The first one in input order.'),
  })
  .meta({ id: 'ErrorGroup' });

/** Requests of a job that did not succeed, in the same way. */
export type ErrorGroup = z.infer<typeof errorGroupSchema>;

/** Why a batch failed as a whole, or was not created. */
const batchFailureSchema = z
  .object({
    batch_id: z.string().nullable().describe('Null when it was not created.'),
    submission_id: z.string(),
    code: z.string().nullable(),
    message: z.string().nullable(),
    line: z.int().nullable().describe("1-based line of the batch's own input."),
    param: z.string().nullable(),
  })
  .meta({ id: 'BatchFailure' });

/** Why a batch failed as a whole, or was not created. */
export type BatchFailure = z.infer<typeof batchFailureSchema>;

/** What `GET /api/jobs/{job_id}/errors` answers: each request as it is now. */
export const jobErrorsAnswerSchema = z.object({
  success: z.literal(true),
  groups: z.array(errorGroupSchema).describe('Most requests first; the first 100.'),
  batch_errors: z
    .array(batchFailureSchema)
    .describe(
      'Of batches that failed as a whole or were not created, in the order of their making; the first 100.',
    ),
});

/** What `errors` answers. */
export type JobErrorsAnswer = z.infer<typeof jobErrorsAnswerSchema>;
