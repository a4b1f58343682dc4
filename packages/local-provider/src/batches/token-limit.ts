import { findBatchFault, type BatchRecord, type BatchStatus } from './batch-record.ts';
import { validationErrors, type LineError } from './validation-error.ts';

/** What the message says when a fault makes up a limit that was not set. */
const scriptedLimit = 90_000;

const enqueuedStatuses: readonly BatchStatus[] = ['in_progress', 'finalizing', 'cancelling'];

/**
 * Whether a validated batch finds no room beside the other batches of its model.
 * `limit` is in tokens for each model; without one there is always room. Tokens are a quarter of the input's bytes.
 */
export function checkTokenLimit(
  record: BatchRecord,
  others: readonly BatchRecord[],
  limit: number | undefined,
): LineError | null {
  const model = record.scan?.model ?? 'unknown';
  if (findBatchFault(record, 'batch_token_limit_exceeded')) {
    return validationErrors.tokenLimit(model, limit ?? scriptedLimit);
  }
  if (limit === undefined) return null;
  const enqueued = others
    .filter((other) => other.id !== record.id && enqueuedStatuses.includes(other.status))
    .filter((other) => other.scan?.model === record.scan?.model)
    .reduce((sum, other) => sum + estimateTokens(other), 0);
  return enqueued + estimateTokens(record) > limit ? validationErrors.tokenLimit(model, limit) : null;
}

function estimateTokens({ inputBytes }: BatchRecord): number {
  return Math.ceil(inputBytes / 4);
}
