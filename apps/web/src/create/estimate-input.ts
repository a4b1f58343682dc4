import type { BatchEndpoint, Estimate, Validation } from '@batchdesk/shared';
import { UNREACHABLE, readFailure } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';
import { toForm } from './input-form.ts';

/** What the server says of an input that it was sent for an estimate. */
export type EstimateAnswer = { estimate: Estimate; validation: Validation } | { failure: Failure };

/**
 * Asks what an input would cost, which sends all of it. Without `endpoint` it is that of its requests. Rejected with the
 * reason of `signal` only.
 */
export async function estimateInput(
  blob: Blob,
  endpoint?: BatchEndpoint,
  signal?: AbortSignal,
): Promise<EstimateAnswer> {
  const init = { method: 'POST', body: toForm(blob, endpoint ? { endpoint } : {}), signal: signal ?? null };
  try {
    const response = await fetch('/api/batch/estimate', init);
    const answer = (await response.json()) as { estimate: Estimate; validation: Validation };
    if (!response.ok) return { failure: readFailure(answer) ?? UNREACHABLE };
    return { estimate: answer.estimate, validation: answer.validation };
  } catch {
    signal?.throwIfAborted();
    return { failure: UNREACHABLE };
  }
}
