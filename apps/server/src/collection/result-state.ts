import { isTerminal } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';

/** Seconds after completion in which OpenAI may still name a result file that it has not named yet. */
const GRACE_SECONDS = 10 * 60;

/** Whether a batch ended so lately that the provider may not have all of its files in place. */
export function isFresh({ completed_at, expired_at, cancelled_at, created_at }: Batch): boolean {
  return nowSeconds() - (completed_at ?? expired_at ?? cancelled_at ?? created_at) <= GRACE_SECONDS;
}

/**
 * Whether the result files of a batch are known: it has ended, and no file is to be expected that it does not name.
 * OpenAI has been seen to answer `completed` before the ids of the files.
 */
export function isSettled(batch: Batch): boolean {
  const { status, output_file_id, error_file_id } = batch;
  if (!isTerminal(status)) return false;
  if (status === 'failed' || !isFresh(batch)) return true;
  if (status === 'completed' && output_file_id === null && error_file_id === null) return false;
  const { completed, failed } = batch.request_counts;
  return !(completed > 0 && output_file_id === null) && !(failed > 0 && error_file_id === null);
}
