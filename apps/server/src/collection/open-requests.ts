import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ListRequests, ResultType } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { collectBatch } from './collect-batch.ts';
import { keepInput } from './keep-input.ts';
import { keepResult } from './keep-result.ts';
import type { CollectedBatch } from './open-collected.ts';
import { openLedger } from './open-ledger.ts';
import { isSettled } from './result-state.ts';

/**
 * A batch with what is known of its requests, whatever its status, and on our disk the files that `include` asks for. One
 * made elsewhere is collected now, because the background does not.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted the input, `provider_*`
 */
export async function openRequests(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>,
  batch: Batch,
  include: ListRequests['include'],
): Promise<CollectedBatch> {
  const ledger = await openLedger(deps, batch);
  if (ledger.is_imported && !ledger.is_collected && isSettled(batch)) await collectBatch(deps, batch);
  if (include.includes('input')) await keepInput(deps, batch, ledger.input_name);
  const withResults = include.includes('result') && isSettled(batch);
  const files = {
    output: withResults ? await keepIfThere(deps, batch, 'output') : null,
    error: withResults ? await keepIfThere(deps, batch, 'error') : null,
  };
  return { batch, ledger, files };
}

/** A file that is gone concerns the requests only that it answered. */
async function keepIfThere(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
  type: ResultType,
): Promise<string | null> {
  try {
    return await keepResult(deps, batch, type);
  } catch (error) {
    if (error instanceof BatchdeskError && error.code.startsWith('results_')) return null;
    throw error;
  }
}
