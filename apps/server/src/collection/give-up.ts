import type { Batch } from '@batchdesk/shared';
import { markCollected } from '../db/mark-collected.ts';
import { recordEvent } from '../db/events.ts';
import { findLedger } from '../db/ledgers.ts';
import { settlePending } from '../db/requests.ts';
import { endSingle } from '../db/settlements.ts';
import type { Deps } from '../deps.ts';

/**
 * Ends the collection of a batch whose results the provider has failed to send for a day. Its requests have run and are
 * paid: they fail with a code under which nothing is sent again by itself.
 */
export async function giveUp({ db, log }: Pick<Deps, 'db' | 'log'>, batch: Batch): Promise<void> {
  const { id: batch_id, job_id } = batch;
  const ledger = await findLedger(db, batch_id);
  const end = { outcome: 'failed', error_code: 'results_unavailable' } as const;
  if (ledger) await settlePending(db, ledger, end);
  await recordEvent(db, { job_id, batch_id, type: 'batch.uncollectable' });
  await markCollected(db, batch, { counts: {}, hasLines: false });
  await endSingle(db, batch_id);
  log.error({ batch_id }, 'the results could not be fetched for a day: they are given up');
}
