import { BatchdeskError, batchSchema, usageSchema } from '@batchdesk/shared';
import { z } from 'zod';
import type { ProviderBatch, ProviderFile } from './provider.ts';

const BATCH_FIELDS = batchSchema.omit({ job_id: true, provider: true });

// Left out, null, and "" all mean "none": servers differ, and OpenAI itself has answered "" for an absent file id.
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());
const optionalText = optional(z.string());
const optionalSeconds = optional(z.int());

const providerBatchSchema = z.object({
  id: z.string().min(1),
  object: z.literal('batch').default('batch'),
  endpoint: z.string(),
  model: optionalText,
  errors: optional(
    z.object({
      object: z.literal('list').default('list'),
      data: z
        .array(
          z.object({ code: optionalText, message: optionalText, param: optionalText, line: optionalSeconds }),
        )
        .default([]),
    }),
  ),
  input_file_id: z.string(),
  completion_window: z.string(),
  status: BATCH_FIELDS.shape.status,
  output_file_id: optionalText,
  error_file_id: optionalText,
  created_at: z.int(),
  in_progress_at: optionalSeconds,
  expires_at: optionalSeconds,
  finalizing_at: optionalSeconds,
  completed_at: optionalSeconds,
  failed_at: optionalSeconds,
  expired_at: optionalSeconds,
  cancelling_at: optionalSeconds,
  cancelled_at: optionalSeconds,
  request_counts: z.preprocess(
    (value) => value ?? { total: 0, completed: 0, failed: 0 },
    BATCH_FIELDS.shape.request_counts,
  ),
  usage: optional(usageSchema),
  metadata: optional(z.record(z.string(), z.string())),
});

const providerFileSchema = z.object({
  id: z.string().min(1),
  filename: z.string(),
  bytes: z.int().nonnegative(),
  created_at: z.int(),
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

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new BatchdeskError('provider_error', { cause: parsed.error });
  return parsed.data;
}
