import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { REQUEST_OUTCOMES } from '../status.ts';

const count = z.int().nonnegative();
const wholeNumber = z.coerce.number<number | string>().int();
const { min, max, default: usual } = LIMITS.requestPage;

/** The bodies that can come along with a request: what was sent, and the line that answers it. */
const REQUEST_BODIES = ['input', 'result'] as const;

/** A list that REST sends as text with commas and tRPC as an array. */
const bodies = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
  z.array(z.enum(REQUEST_BODIES)),
);

/** Query of `GET /api/batch/{batch_id}/requests` and `GET /api/jobs/{job_id}/requests`; in input order. */
export const listRequestsQuerySchema = z.object({
  limit: wholeNumber.min(min).max(max).default(usual),
  after: wholeNumber.nonnegative().default(0).describe('The last_line of the page before.'),
  custom_id: z.string().min(1).optional().describe('This request only.'),
  outcome: z.enum(REQUEST_OUTCOMES).optional(),
  error_code: z.string().min(1).max(200).optional(),
  include: (bodies as z.ZodType<(typeof REQUEST_BODIES)[number][], string | readonly string[]>)
    .default([])
    .meta({
      type: 'string',
      items: undefined,
      description:
        'input, result, or both with a comma: the lines themselves. A page then ends early after 8 MB of them.',
    }),
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

/** What `requests` answers. `total` counts what matches; `counts` are over all requests of the batch or job. */
export const listRequestsAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(requestSchema),
  has_more: z.boolean(),
  last_line: z.int().nullable(),
  total: count,
  counts: z.object({
    by_outcome: z.partialRecord(z.enum(REQUEST_OUTCOMES), count),
    by_error_code: z.record(z.string(), count),
  }),
});

/** What `requests` answers. */
export type ListRequestsAnswer = z.infer<typeof listRequestsAnswerSchema>;
