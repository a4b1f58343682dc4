import { z } from 'zod';

const code = z.string().min(1).max(200);

/** The outcomes that may be tried again by themselves. */
const RETRIED_OUTCOMES = ['failed', 'expired', 'missing'] as const;

/**
 * Which requests are tried again by themselves, and how often. Of the failed ones only those that may succeed another time:
 * status 408, 409, 429, 5xx or 0, and time-outs.
 */
export const retryPolicySchema = z.strictObject({
  attempts: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('How often a request is sent in all; 1 is never again.'),
  outcomes: z.array(z.enum(RETRIED_OUTCOMES)).default([...RETRIED_OUTCOMES]),
  codes: z
    .array(code)
    .max(100)
    .optional()
    .describe(
      'Of the failed ones that would be tried again, only those with one of these error or status codes.',
    ),
});

/** Which requests are tried again by themselves. */
export type RetryPolicy = z.output<typeof retryPolicySchema>;
