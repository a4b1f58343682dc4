import type { Batch } from '@batchdesk/shared';
import { adoptBatch, findLedger } from '../db/ledgers.ts';
import type { Ledger } from '../db/ledgers.ts';
import type { Deps } from '../deps.ts';
import { indexInput } from './index-input.ts';
import { shareWork } from '../share-work.ts';

/**
 * The ledger of a batch, with a row for each request. Where there is none yet, because the batch was made elsewhere or
 * from a file that only the provider has, the input is read from the provider now.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted the input, `provider_*`
 */
export async function openLedger(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
): Promise<Ledger> {
  const known = await findLedger(deps.db, batch.id);
  if (known && known.total_requests !== null) return known;
  await shareWork(deps.storage, `input of ${batch.id}`, async () => {
    const part = (await findLedger(deps.db, batch.id)) ?? (await adoptBatch(deps.db, batch));
    if (part.total_requests === null) await indexInput(deps, batch, part);
  });
  return (await findLedger(deps.db, batch.id))!;
}
