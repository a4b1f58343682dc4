import { z } from 'zod';

const code = z.string().min(1).max(200);
const outcome = z.enum(['failed', 'expired', 'cancelled', 'missing']);

/** Body of `POST /api/jobs/{job_id}/retry`: all that did not succeed, or of those only what it names. */
export const retryJobSchema = z.strictObject({
  outcomes: z.array(outcome).min(1).optional(),
  codes: z
    .array(code)
    .min(1)
    .max(100)
    .optional()
    .describe('Error codes or status codes, as GET /api/jobs/{job_id}/requests has them.'),
  groups: z
    .array(z.strictObject({ outcome, error_code: code.nullable(), status_code: z.int().nullable() }))
    .min(1)
    .max(100)
    .optional()
    .describe('Exactly these, as GET /api/jobs/{job_id}/errors groups them.'),
});

/** What `retry` takes. */
export type RetryJob = z.infer<typeof retryJobSchema>;
