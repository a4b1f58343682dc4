import { collectBatch } from './collection/collect-batch.ts';
import { findUncollected } from './db/batches.ts';
import { findOpenSubmissionIds } from './db/submissions.ts';
import type { Deps } from './deps.ts';
import { startRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { resume } from './submission/submit.ts';
import { refreshActive } from './tracking/refresh-active.ts';

/** Rows of each stage taken up in one round. */
const ROUND = 100;
/** Milliseconds between rounds while something is under way, and while nothing is. */
const BUSY_DELAY_MS = 2_000;
const IDLE_DELAY_MS = 30_000;

/**
 * Starts the work that nobody waits for. Each round takes up what the rows in the database say is left to do: open
 * submissions, active batches, results to fetch. What one of them throws stays with that one.
 */
export function startBackground(deps: Deps): Runner {
  const { db, log } = deps;
  const provider = deps.provider.name;

  async function tick(signal: AbortSignal): Promise<number> {
    for (const id of await findOpenSubmissionIds(db, ROUND)) {
      if (signal.aborted) return 0;
      await resume(deps, id);
    }
    const active = await refreshActive(deps);
    let failed = 0;
    for (const batch of await findUncollected(db, provider, ROUND)) {
      if (signal.aborted) return 0;
      await collectBatch(deps, batch).catch((error: unknown) => {
        failed += 1;
        log.warn({ batch_id: batch.id, err: error }, 'results could not be fetched; they are tried again');
      });
    }
    return active > 0 && failed === 0 ? BUSY_DELAY_MS : IDLE_DELAY_MS;
  }

  const onError = (error: unknown) => log.warn({ err: error }, 'background work failed; it is tried again');
  return startRunner({ tick, onError, retryDelayMs: BUSY_DELAY_MS });
}
