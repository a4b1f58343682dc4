import type { BatchEndpoint } from '@batchdesk/shared/input';
import { runInWorker } from './run-in-worker.ts';
import type { WorkOptions } from './run-in-worker.ts';
import type { CheckProgress, CheckedInput } from './scan-input.ts';

/** How to check an input. */
export interface CheckOptions extends WorkOptions<CheckProgress> {
  /** The endpoint of all requests; that of the first one when left out. */
  endpoint?: BatchEndpoint | undefined;
}

/**
 * Checks JSONL of any size by the rules of `POST /api/jobs`, in a worker. Rejected with an `InputError` when the file
 * cannot be read or the worker fails, and with the reason of `signal`.
 */
export function checkInput(blob: Blob, options: CheckOptions = {}): Promise<CheckedInput> {
  const { endpoint, ...work } = options;
  return runInWorker<'check'>({ kind: 'check', blob, endpoint }, work);
}
