import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import { findActiveBatchIds, updateBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';

/** Batches looked after in one round. */
const ROUND = 1_000;
/** Pages of the listing read in one round: what is further back is asked for one by one. */
const PAGES = 10;

/**
 * Asks the provider how the active batches are doing: through its listing, 100 a call, and one by one only for what the
 * listing does not show. Returns how many the provider still works on.
 */
export async function refreshActive(deps: Pick<Deps, 'db' | 'provider' | 'log'>): Promise<number> {
  const { db, provider } = deps;
  const waiting = new Set(await findActiveBatchIds(db, provider.name, ROUND));
  let after: string | undefined;
  for (let page = 0; page < PAGES && waiting.size > 0; page += 1) {
    const { data, last_id, has_more } = await listPage(deps, after);
    for (const batch of data) if (waiting.delete(batch.id)) await updateBatch(db, batch);
    if (!has_more || last_id === null) break;
    after = last_id;
  }
  let unknown = 0;
  for (const batchId of waiting) if (!(await refreshBatch(deps, batchId))) unknown += 1;
  return (await findActiveBatchIds(db, provider.name, ROUND)).length - unknown;
}

/** A server whose listing fails, but which answers, can still be asked one by one. */
async function listPage({ provider, log }: Pick<Deps, 'provider' | 'log'>, after: string | undefined) {
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

/** Asks the provider how one batch is doing; whether it could say. */
export async function refreshBatch(
  { db, provider, log }: Pick<Deps, 'db' | 'provider' | 'log'>,
  batchId: string,
): Promise<boolean> {
  try {
    await updateBatch(db, await provider.retrieveBatch(batchId));
    return true;
  } catch (error) {
    if (!(error instanceof BatchdeskError) || !OF_ONE_CALL.includes(error.code)) throw error;
    log.warn({ batch_id: batchId, code: error.code }, 'the provider cannot say how this batch is doing');
    return false;
  }
}
