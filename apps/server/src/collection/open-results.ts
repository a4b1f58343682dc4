import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { openResult } from './keep-result.ts';
import { isSettled } from './result-state.ts';

/** A result file, ready to be sent: our copy by its path, or its bytes as they come in from the provider. */
export type OpenResults =
  | { filename: string; path: string }
  | { filename: string; bytes: number; stream: AsyncIterable<Uint8Array> };

/**
 * A result file of a batch that has ended: our copy, or, while it is being made, what comes in of it. With `isWhole`, the
 * copy only, waited for. A batch that has nothing of that kind gives an empty file.
 *
 * @throws {BatchdeskError} `results_not_ready`, `results_unavailable`, `results_expired`, `provider_*`
 */
export async function openResults(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
  { type, isWhole }: { type: ResultType; isWhole: boolean },
): Promise<OpenResults> {
  refuseUnsettled(batch);
  const filename = `${batch.id}_${type}.jsonl`;
  const file = await openResult(deps, batch, type);
  if (file === null) return { filename, bytes: 0, stream: nothing() };
  if (isWhole) await file.download?.done;
  if (file.download === null || isWhole) return { filename, path: deps.storage.path(file.name) };
  return { filename, bytes: file.download.bytes, stream: file.download.read() };
}

/** Throws for a batch whose result files are not known yet, or that has none. */
export function refuseUnsettled(batch: Batch): void {
  const details = { batch_id: batch.id, status: batch.status };
  if (batch.status === 'failed') throw new BatchdeskError('results_unavailable', { details });
  if (!isSettled(batch)) throw new BatchdeskError('results_not_ready', { details });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
