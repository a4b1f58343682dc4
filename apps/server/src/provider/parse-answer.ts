import { BatchdeskError, batchSchema, usageSchema } from '@batchdesk/shared';
import { z } from 'zod';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch, ProviderFile } from './provider.ts';

const BATCH_FIELDS = batchSchema.omit({ job_id: true, provider: true, stuck: true });

// Left out, null, and "" all mean "none": servers differ, and OpenAI itself has answered "" for an absent file id. What
// a server says in a form of its own must not hide the batch either: one that is not recognised is created again.
const optional = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())
    .catch(null);
const optionalText = optional(z.string());
/** Twenty times what 50,000 requests of a million tokens have: what says more counts something else, or nothing. */
const MOST_TOKENS = 1e12;
const providerUsageSchema = usageSchema
  .extend({
    input_tokens_details: usageSchema.shape.input_tokens_details.catch(undefined),
    output_tokens_details: usageSchema.shape.output_tokens_details.catch(undefined),
  })
  .refine(
    ({ input_tokens, output_tokens, total_tokens }) =>
      Math.max(input_tokens, output_tokens, total_tokens) <= MOST_TOKENS,
  );
const seconds = z.number().transform(Math.floor);
const optionalSeconds = optional(seconds);
const noCounts = { total: 0, completed: 0, failed: 0 };

const providerBatchSchema = z.object({
  id: z.string().min(1),
  object: z.literal('batch').catch('batch'),
  endpoint: z.string().catch(''),
  model: optionalText,
  errors: optional(
    z.object({
      object: z.literal('list').catch('list'),
      data: z
        .array(
          z.object({ code: optionalText, message: optionalText, param: optionalText, line: optionalSeconds }),
        )
        .catch([]),
    }),
  ),
  input_file_id: z.string().catch(''),
  completion_window: z.string().catch('24h'),
  // A status that OpenAI does not have can only be one on the way: the end is known by its eight.
  status: BATCH_FIELDS.shape.status.catch('in_progress'),
  output_file_id: optionalText,
  error_file_id: optionalText,
  created_at: seconds.catch(nowSeconds),
  in_progress_at: optionalSeconds,
  expires_at: optionalSeconds,
  finalizing_at: optionalSeconds,
  completed_at: optionalSeconds,
  failed_at: optionalSeconds,
  expired_at: optionalSeconds,
  cancelling_at: optionalSeconds,
  cancelled_at: optionalSeconds,
  request_counts: BATCH_FIELDS.shape.request_counts.catch(noCounts),
  usage: optional(providerUsageSchema),
  metadata: optional(z.record(z.string(), z.string())),
});

const providerFileSchema = z.object({
  id: z.string().min(1),
  filename: z.string(),
  bytes: z.int().nonnegative(),
  created_at: seconds,
  expires_at: optionalSeconds,
  purpose: z.string(),
  status: optionalText,
  status_details: optionalText,
});

/** Reads a batch from an answer. @throws {BatchdeskError} `provider_error` when it is none */
export function parseBatch(answer: unknown): ProviderBatch {
  return parse(providerBatchSchema, answer);
}

/** Reads a batch from an answer; `null` when it is none. */
export function tryParseBatch(answer: unknown): ProviderBatch | null {
  return providerBatchSchema.safeParse(answer).data ?? null;
}

/** Reads a file from an answer. @throws {BatchdeskError} `provider_error` when it is none */
export function parseFile(answer: unknown): ProviderFile {
  return parse(providerFileSchema, answer);
}

/** Reads a file from an answer; `null` when it is none. */
export function tryParseFile(answer: unknown): ProviderFile | null {
  return providerFileSchema.safeParse(answer).data ?? null;
}

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new BatchdeskError('provider_error', { cause: parsed.error });
  return parsed.data;
}
