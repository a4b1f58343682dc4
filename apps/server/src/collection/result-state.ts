import { isTerminal } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';

/** Seconds after completion in which OpenAI may still name a result file that it has not named yet. */
const GRACE_SECONDS = 10 * 60;

/**
 * Whether the result files of a batch are known: it has ended, and no file is to be expected that it does not name.
 * OpenAI has been seen to answer `completed` before the ids of the files.
 */
export function isSettled(batch: Batch): boolean {
  if (!isTerminal(batch.status)) return false;
  const endedAt = batch.completed_at ?? batch.expired_at ?? batch.cancelled_at;
  if (batch.status === 'failed' || endedAt === null || nowSeconds() - endedAt > GRACE_SECONDS) return true;
  const { completed, failed } = batch.request_counts;
  const outputIsMissing = completed > 0 && batch.output_file_id === null;
  const errorIsMissing = failed > 0 && batch.error_file_id === null;
  return !outputIsMissing && !errorIsMissing;
}
