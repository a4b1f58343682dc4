import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { REQUEST_OUTCOMES } from '../status.ts';
import { asText, listOf } from './list-of.ts';

const count = z.int().nonnegative();
const wholeNumber = z.coerce.number<number | string>().int();
const { min, max, default: usual } = LIMITS.requestPage;

/** The bodies that can come along with a request: what was sent, and the line that answers it. */
const REQUEST_BODIES = ['input', 'result'] as const;

const outcomes = listOf(z.enum(REQUEST_OUTCOMES), { min: 1, max: 100 });
const errorCodes = listOf(z.string().min(1).max(200), { min: 1, max: 100 });
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]);

/** Query of `GET /api/batch/{batch_id}/requests` and `GET /api/jobs/{job_id}/requests`; in input order. */
export const listRequestsQuerySchema = z
  .object({
    limit: wholeNumber.min(min).max(max).default(usual),
    after: wholeNumber.nonnegative().optional().describe('The last_line of the page before.'),
    offset: wholeNumber
      .nonnegative()
      .max(10_000_000)
      .optional()
      .describe('Matching requests before the page, instead of after.'),
    custom_id: z.string().min(1).optional().describe('This request only.'),
    outcome: outcomes.optional().meta(asText('One or several with commas: failed,expired.')),
    error_code: errorCodes.optional().meta(asText('One or several with commas.')),
    include: listOf(z.enum(REQUEST_BODIES))
      .default([])
      .meta(
        asText(
          'input, result, or both with a comma: the lines themselves. A page then ends early after 8 MB of them.',
        ),
      ),
    counts: flag.default(true).describe('Whether to count all requests of the batch or job for counts.'),
  })
  .refine((query) => query.after === undefined || query.offset === undefined, {
    path: ['offset'],
    error: 'Use either after or offset, not both.',
  });

/** What `requests` takes, before defaults. */
export type ListRequestsInput = z.input<typeof listRequestsQuerySchema>;

/** What `requests` takes, after defaults. */
export type ListRequests = z.output<typeof listRequestsQuerySchema>;

/** One request of a batch or a job and what became of it. */
export const requestSchema = z
  .object({
    line: z.int().describe('1-based line of the input.'),
    custom_id: z.string(),
    outcome: z.enum(REQUEST_OUTCOMES),
    status_code: z.int().nullable(),
    error_code: z.string().nullable(),
    attempt: z.int(),
    input_bytes: z.int().describe('Of the line that was sent.'),
    result_bytes: z.int().nullable().describe('Of the line that answers it; null when none does.'),
    input_tokens: z.int().nullable(),
    output_tokens: z.int().nullable(),
    cached_tokens: z.int().nullable().describe('Of input_tokens.'),
    reasoning_tokens: z.int().nullable().describe('Of output_tokens.'),
    cost: z.number().nullable().describe('US dollars. Null when its tokens or its price are not known.'),
    input: z.any().optional().describe('With include=input: the line that was sent.'),
    result: z
      .any()
      .optional()
      .describe('With include=result: the line that answers it; null when none does.'),
  })
  .meta({ id: 'Request' });

/** One request of a batch and what became of it. */
export type RequestView = z.infer<typeof requestSchema>;

/**
 * What `requests` answers. `total` counts what matches; `counts` are over all requests of the batch or job, and left out
 * with `counts=false`.
 */
export const listRequestsAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(requestSchema),
  has_more: z.boolean(),
  last_line: z.int().nullable(),
  total: count,
  counts: z
    .object({
      by_outcome: z.partialRecord(z.enum(REQUEST_OUTCOMES), count),
      by_error_code: z.record(z.string(), count),
    })
    .optional()
    .describe('Of all requests of the batch or job. Left out with counts=false.'),
});

/** What `requests` answers. */
export type ListRequestsAnswer = z.infer<typeof listRequestsAnswerSchema>;
