import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import { findActiveBatches, putOffRefresh } from '../db/due-batches.ts';
import type { Deps } from '../deps.ts';
import { moveBatch } from './move-batch.ts';

type RefreshDeps = Pick<Deps, 'db' | 'provider' | 'log' | 'step'>;

/** Batches looked after in one round. */
const ROUND = 1_000;
/** Pages of the listing read in one round, and batches asked for one by one: those that the pages do not show. */
const PAGES = 10;
const SINGLE = 50;
/** Seconds until a batch is asked about again of which the provider knows nothing. */
const UNKNOWN_SECONDS = 600;

/**
 * Asks the provider how the active batches are doing that are due: through its listing, 100 a call, and one by one only for
 * what the listing does not show. Whatever else the listing shows of ours is taken along.
 *
 * @throws {BatchdeskError} `provider_*` when the provider cannot be asked
 */
export async function refreshActive(deps: RefreshDeps): Promise<void> {
  const { db, provider, step } = deps;
  const active = await findActiveBatches(db, provider.name, ROUND);
  const known = new Set(active.map(({ id }) => id));
  const due = new Set(active.filter(({ isDue }) => isDue).map(({ id }) => id));
  let after: string | undefined;
  for (let page = 0; page < PAGES && due.size > 0; page += 1) {
    const { data, last_id, has_more } = await listPage(deps, after);
    step('batch.refreshed');
    for (const batch of data) {
      due.delete(batch.id);
      if (known.has(batch.id)) await moveBatch(deps, batch);
    }
    if (!has_more || last_id === null) break;
    after = last_id;
  }
  for (const batchId of [...due].slice(0, SINGLE)) await refreshBatch(deps, batchId);
}

/** A server whose listing fails, but which answers, can still be asked one by one. */
async function listPage({ provider, log }: RefreshDeps, after: string | undefined) {
  try {
    return await provider.listBatches(after ? { limit: 100, after } : { limit: 100 });
  } catch (error) {
    if (!(error instanceof BatchdeskError) || !OF_ONE_CALL.includes(error.code)) throw error;
    log.warn({ code: error.code }, 'the provider cannot list its batches');
    return { data: [], last_id: null, has_more: false };
  }
}

/** What concerns one call alone: the others go on. */
const OF_ONE_CALL: readonly ErrorCode[] = ['batch_not_found', 'provider_error', 'provider_rejected'];

/** Asks the provider how one batch is doing. */
export async function refreshBatch(
  deps: Pick<Deps, 'db' | 'provider' | 'log'>,
  batchId: string,
): Promise<void> {
  try {
    await moveBatch(deps, await deps.provider.retrieveBatch(batchId));
  } catch (error) {
    if (!(error instanceof BatchdeskError) || !OF_ONE_CALL.includes(error.code)) throw error;
    const seconds = error.code === 'batch_not_found' ? UNKNOWN_SECONDS : 30;
    await putOffRefresh(deps.db, batchId, seconds);
    deps.log.warn({ batch_id: batchId, code: error.code }, 'the provider cannot say how this batch is doing');
  }
}
