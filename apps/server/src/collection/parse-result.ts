import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { LedgerResult } from '../db/requests.ts';
import type { JsonlLine } from '../storage/split-lines.ts';

type JsonObject = Record<string, unknown>;

const utf8 = new TextDecoder();

/** Reads what a result line says of its request; `null` when it is no such line. */
export function parseResult({ offset, bytes }: JsonlLine, resultType: ResultType): LedgerResult | null {
  const line = parseObject(bytes);
  const customId = line?.['custom_id'];
  if (!line || typeof customId !== 'string') return null;
  const response = asObject(line['response']);
  const body = asObject(response?.['body']);
  const error = asObject(line['error']) ?? asObject(body?.['error']);
  const usage = asObject(body?.['usage']);
  const statusCode = asInteger(response?.['status_code']);
  const errorCode = asText(error?.['code']) ?? asText(error?.['type']);
  return {
    custom_id: customId,
    outcome: toOutcome(statusCode, errorCode, line['error'] != null),
    result_type: resultType,
    result_offset: offset,
    result_bytes: bytes.length,
    status_code: statusCode,
    error_code: errorCode,
    // Chat and embeddings say prompt and completion, responses say input and output.
    input_tokens: asInteger(usage?.['input_tokens']) ?? asInteger(usage?.['prompt_tokens']),
    output_tokens: asInteger(usage?.['output_tokens']) ?? asInteger(usage?.['completion_tokens']),
  };
}

/** Source of the codes: OpenAI's batch guide, "Batch expiration" and error file lines. */
function toOutcome(statusCode: number | null, errorCode: string | null, hasError: boolean): RequestOutcome {
  if (errorCode === 'batch_expired') return 'expired';
  if (errorCode === 'batch_cancelled') return 'cancelled';
  // Lines with status 0 stand in output files in the wild: nothing was answered.
  return !hasError && statusCode !== null && statusCode >= 200 && statusCode < 300 ? 'succeeded' : 'failed';
}

function parseObject(bytes: Uint8Array): JsonObject | null {
  try {
    return asObject(JSON.parse(utf8.decode(bytes)));
  } catch {
    return null;
  }
}

function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function asInteger(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
