import type { Batch, ResultType } from '@batchdesk/shared';
import type { Ledger } from '../db/ledgers.ts';
import type { Deps } from '../deps.ts';
import { collectBatch } from './collect-batch.ts';
import { keepResult } from './keep-result.ts';
import { openLedger } from './open-ledger.ts';
import { refuseUnsettled } from './open-results.ts';

/** A batch whose results are here and indexed; each file by its name in storage, `null` where the batch has none. */
export interface CollectedBatch {
  batch: Batch;
  ledger: Ledger;
  files: Record<ResultType, string | null>;
}

/**
 * A batch that has ended with all that came of it, collected now if it was not yet.
 *
 * @throws {BatchdeskError} `results_not_ready`, `results_unavailable`, `results_expired`, `input_expired`, `provider_*`
 */
export async function openCollected(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>,
  batch: Batch,
): Promise<CollectedBatch> {
  refuseUnsettled(batch);
  const ledger = await openLedger(deps, batch);
  if (!ledger.is_collected) await collectBatch(deps, batch);
  const files = {
    output: await keepResult(deps, batch, 'output'),
    error: await keepResult(deps, batch, 'error'),
  };
  return { batch, ledger, files };
}
