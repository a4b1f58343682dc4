import type { Batch } from '@batchdesk/shared';
import { collectBatch } from './collection/collect-batch.ts';
import { isSettled } from './collection/result-state.ts';
import { findUncollected, putOffCollection } from './db/batches.ts';
import { findInterrupted } from './db/submissions.ts';
import type { Deps } from './deps.ts';
import { startRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { resume } from './submission/submit.ts';
import { refreshActive, refreshBatch } from './tracking/refresh-active.ts';

/** Rows of each stage taken up in one round. */
const ROUND = 100;
/** Milliseconds between rounds while something is under way, and while nothing is. */
const BUSY_DELAY_MS = 2_000;
const IDLE_DELAY_MS = 30_000;
/** Seconds until results are asked for again that the provider has not named yet, and that could not be fetched. */
const UNSETTLED_SECONDS = 1;
const FAILED_SECONDS = 30;

/**
 * Starts the work that nobody waits for. Each round takes up what the rows in the database say is left to do: open
 * submissions, active batches, results to fetch. What one of them throws stays with that one.
 */
export function startBackground(deps: Deps): Runner {
  const { db, log } = deps;
  const provider = deps.provider.name;

  async function tick(signal: AbortSignal): Promise<number> {
    for (const { id } of await findInterrupted(db, provider, ROUND)) {
      if (signal.aborted) return 0;
      await resume(deps, id);
    }
    const active = await refreshActive(deps).catch((error: unknown) => {
      log.warn({ err: error }, 'the provider cannot say how the active batches are doing');
      return 0;
    });
    const ended = await findUncollected(db, provider, ROUND);
    for (const batch of ended) {
      if (signal.aborted) return 0;
      await collectOrPutOff(batch);
    }
    return active > 0 || ended.length > 0 ? BUSY_DELAY_MS : IDLE_DELAY_MS;
  }

  async function collectOrPutOff(batch: Batch): Promise<void> {
    try {
      if (isSettled(batch)) return await collectBatch(deps, batch);
      await putOffCollection(db, batch.id, UNSETTLED_SECONDS);
      await refreshBatch(deps, batch.id);
    } catch (error) {
      await putOffCollection(db, batch.id, FAILED_SECONDS);
      log.warn({ batch_id: batch.id, err: error }, 'results could not be fetched; they are tried again');
    }
  }

  const onError = (error: unknown) => log.warn({ err: error }, 'background work failed; it is tried again');
  return startRunner({ tick, onError, retryDelayMs: BUSY_DELAY_MS });
}
