import { Readable } from 'node:stream';
import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { keepResult } from './keep-result.ts';
import { isFresh, isSettled } from './result-state.ts';

/** A result file, ready to be sent. */
export interface OpenResults {
  filename: string;
  bytes: number;
  stream: Readable;
}

/**
 * A result file of a batch that has ended, from our copy, which is made now if it is not there yet. A batch that has
 * nothing of that kind gives an empty file.
 *
 * @throws {BatchdeskError} `results_not_ready`, `results_unavailable`, `results_expired`, `provider_*`
 */
export async function openResults(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
  type: ResultType,
): Promise<OpenResults> {
  const details = { batch_id: batch.id, status: batch.status };
  if (batch.status === 'failed') throw new BatchdeskError('results_unavailable', { details });
  if (!isSettled(batch)) throw new BatchdeskError('results_not_ready', { details });
  const name = await keep(deps, batch, type);
  const filename = `${batch.id}_${type}.jsonl`;
  if (name === null) return { filename, bytes: 0, stream: Readable.from([]) };
  return { filename, bytes: (await deps.storage.size(name)) ?? 0, stream: deps.storage.read(name) };
}

async function keep(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
  type: ResultType,
): Promise<string | null> {
  try {
    return await keepResult(deps, batch, type);
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found') throw error;
    const details = { batch_id: batch.id, status: batch.status };
    throw new BatchdeskError(isFresh(batch) ? 'results_not_ready' : 'results_expired', {
      details,
      cause: error,
    });
  }
}
