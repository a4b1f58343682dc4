import { BatchdeskError } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { isPausing, pauseProvider } from './capacity/pause-provider.ts';
import { watchClock } from './clock-jump.ts';
import { collectBatch } from './collection/collect-batch.ts';
import { giveUp } from './collection/give-up.ts';
import { isSettled } from './collection/result-state.ts';
import { findUncollected, putOffCollection } from './db/due-batches.ts';
import { flagOverdue } from './db/flag-overdue.ts';
import { findUnsettled } from './db/job-submissions.ts';
import { resetDueTimes } from './db/time-jumps.ts';
import { secondsUntilDue } from './db/next-due.ts';
import { findInterrupted } from './db/submissions.ts';
import type { Submission } from './db/submissions.ts';
import type { Deps } from './deps.ts';
import { costUnpriced } from './pricing/cost-unpriced.ts';
import { requeueRefused } from './retries/requeue-refused.ts';
import { settleBatch } from './retries/settle-batch.ts';
import { startRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { admitWaiting } from './submission/admit.ts';
import { probeProvider } from './capacity/probe-provider.ts';
import { noteBudgets } from './pricing/note-budgets.ts';
import { refineEstimates } from './submission/refine-estimates.ts';
import { resume } from './submission/submit.ts';
import { tidyAll, tidyUploads } from './submission/tidy-uploads.ts';
import { createTaskPool } from './task-pool.ts';
import { refreshActive, refreshBatch } from './tracking/refresh-active.ts';
import { cancelStopped, endStopped } from './tracking/stop-jobs.ts';

/** Work of each kind that is under way at a time. */
const AT_A_TIME = { submissions: 3, collections: 2 };
/** Milliseconds between rounds: at least, and while nothing is due. */
const DELAY_MS = { shortest: 200, longest: 30_000 };
/** Milliseconds after a round that failed, doubled each time in a row. */
const RETRY_DELAY_MS = 1_000;
/** Milliseconds between looks for uploads that no batch uses. */
const TIDY_DELAY_MS = 10 * 60_000;
/** Seconds until results are asked for again that the provider has not named yet. */
const UNSETTLED_SECONDS = 1;
/** Seconds until results are asked for again that could not be fetched, doubled each time; a day in all. */
const FAILED_SECONDS = { first: 15, longest: 600, tries: 150 };

/**
 * Starts the work that nobody waits for. Each round takes up what the rows in the database say is left to do, and what takes
 * long goes on beside the next rounds: a large upload holds up no refresh. What one piece throws stays with that one.
 */
export function startBackground(deps: Deps): Runner {
  const { circuit } = deps;
  const { db, log } = deps;
  const provider = deps.provider.name;
  const jumpOfClock = watchClock();
  let tidyAtMs = 0;
  const submissions = createTaskPool(AT_A_TIME.submissions, onEnd);
  const collections = createTaskPool(AT_A_TIME.collections, onEnd);
  const estimates = createTaskPool(1, (error) => error !== undefined && onError(error));
  const costs = createTaskPool(1, (error) => error !== undefined && onError(error));
  let isCosted = false;

  function onError(error: unknown): void {
    log.warn({ err: error }, 'background work failed; it is tried again');
  }

  function onEnd(error?: unknown): void {
    if (error !== undefined) onError(error);
    runner.notify();
  }

  async function tick(signal: AbortSignal): Promise<number> {
    const jump = jumpOfClock();
    if (jump !== 0) {
      log.warn(
        { seconds: jump },
        `the clock was set by ${jump} seconds: all that waits for a time is due now`,
      );
      await resetDueTimes(db, jump);
    }
    if (!isCosted) costs.start('unpriced', () => costOnce(signal));
    for (const submission of await findUnsettled(db, AT_A_TIME.collections)) {
      collections.start(submission.id, () => settleAndTidy(submission));
    }
    await endStopped(deps);
    await flagOverdue(db, provider);
    if (!deps.provider.ready) return DELAY_MS.longest;
    const openMs = circuit.waitMs() || (await probeProvider(deps));
    if (openMs > 0) return Math.min(openMs, DELAY_MS.longest);
    if (performance.now() >= tidyAtMs) collections.start('uploads', tidy);
    estimates.start('estimates', () => refineEstimates(deps));
    await cancelStopped(deps);
    const isMore = await sendWaiting();
    await noteBudgets(deps);
    if (signal.aborted) return 0;
    await refreshActive(deps).catch(pauseOrReport);
    for (const batch of await findUncollected(db, provider, 2 * AT_A_TIME.collections)) {
      if (!signal.aborted) collections.start(batch.id, () => collectOrPutOff(batch));
    }
    const seconds = isMore ? 0 : ((await secondsUntilDue(db, provider)) ?? Infinity);
    return Math.max(circuit.waitMs(), DELAY_MS.shortest, Math.min(seconds * 1_000, DELAY_MS.longest));
  }

  async function pauseOrReport(error: unknown): Promise<void> {
    if (error instanceof BatchdeskError && isPausing(error)) await pauseProvider(deps, error);
    else onError(error);
  }

  /** Batches from before their price was known: a new version may have it built in. */
  async function costOnce(signal: AbortSignal): Promise<void> {
    await costUnpriced(deps, signal);
    isCosted = true;
  }

  async function settleAndTidy(submission: Submission): Promise<void> {
    await settleBatch(deps, submission);
    await tidyUploads(deps, submission);
  }

  async function tidy(): Promise<void> {
    tidyAtMs = performance.now() + TIDY_DELAY_MS;
    await tidyAll(deps);
  }

  async function sendWaiting(): Promise<boolean> {
    const interrupted = await findInterrupted(db, provider, AT_A_TIME.submissions);
    const isMore = await admitWaiting(deps, submissions.free() - interrupted.length);
    for (const { id } of await findInterrupted(db, provider, AT_A_TIME.submissions)) {
      submissions.start(id, async () => {
        await resume(deps, id);
        await tidyUploads(deps, { id });
      });
    }
    return isMore;
  }

  async function collectOrPutOff(batch: Batch): Promise<void> {
    try {
      const replaced = await requeueRefused(deps, batch);
      if (replaced) return await tidyUploads(deps, replaced);
      if (isSettled(batch)) return await collectBatch(deps, batch);
      await putOffCollection(db, batch.id, { seconds: UNSETTLED_SECONDS, failed: false });
      await refreshBatch(deps, batch.id);
    } catch (error) {
      const { first, longest, tries } = FAILED_SECONDS;
      const failures = await putOffCollection(db, batch.id, { seconds: first, failed: true });
      if (failures >= tries) return giveUp(deps, batch);
      const seconds = Math.min(first * 2 ** (failures - 1), longest);
      await putOffCollection(db, batch.id, { seconds, failed: false });
      log.warn({ batch_id: batch.id, err: error }, 'results could not be fetched; they are tried again');
    }
  }

  const runner = startRunner({ tick, onError, retryDelayMs: RETRY_DELAY_MS });
  return {
    notify: () => runner.notify(),
    async stop() {
      await runner.stop();
      await Promise.all([submissions.idle(), collections.idle(), estimates.idle(), costs.idle()]);
    },
  };
}
