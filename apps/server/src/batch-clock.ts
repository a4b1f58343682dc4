import { isTerminal } from '@batchdesk/shared';
import type { ProviderBatch } from './provider/provider.ts';

/** Seconds between two questions about a batch. */
const SHORTEST = 1;
const LONGEST = 300;
/** The longest while the provider is about to go on to the next status. */
const LONGEST_BETWEEN = 60;
/** The share by which each wait differs, so that many batches are not asked about at once. */
const JITTER = 0.2;

/** Why a batch is taken for stuck: it is still in this status, or beyond its window. */
export type StuckReason = 'window' | 'validating' | 'finalizing' | 'cancelling';

/** Seconds beyond its window in which the provider may still be ending a batch. */
export const WINDOW_GRACE_SECONDS = 60;

/** Seconds after which a batch is stuck. Source: OpenAI's batch guide, "cancelling for up to 10 minutes". */
const STUCK_SECONDS = {
  window: WINDOW_GRACE_SECONDS,
  validating: 3_600,
  finalizing: 3_600,
  cancelling: 15 * 60,
};

/**
 * Seconds until a batch is worth asking about again: a few at first, then a share of its age, up to minutes; less often
 * never than a quarter of the time that it still needs, as its progress tells. `random` is from 0 to 1.
 */
export function refreshDelay(batch: ProviderBatch, now: number, random = Math.random()): number {
  const { status, in_progress_at, request_counts: counts } = batch;
  const waited = now - statusSince(batch);
  let delay = Math.min(waited / 5, status === 'in_progress' ? LONGEST : LONGEST_BETWEEN);
  const done = counts.completed + counts.failed;
  if (status === 'in_progress' && in_progress_at !== null && done > 0 && counts.total > 0) {
    const left = ((now - in_progress_at) * (counts.total - done)) / done;
    delay = Math.min(delay, left / 4);
  }
  const jitter = 1 + JITTER * (2 * random - 1);
  return Math.max(SHORTEST, Math.round(Math.min(delay, LONGEST) * jitter));
}

/** Why a batch is taken for stuck, `null` while it is not. Nothing follows from it but that it is shown. */
export function stuckReason(batch: ProviderBatch, now: number): StuckReason | null {
  const { status, expires_at } = batch;
  if (isTerminal(status)) return null;
  if (expires_at !== null && now > expires_at + STUCK_SECONDS.window) return 'window';
  if (status === 'in_progress') return null;
  const reason = status as Exclude<StuckReason, 'window'>;
  return now - statusSince(batch) > STUCK_SECONDS[reason] ? reason : null;
}

/** Unix seconds since when a batch is in its status. */
function statusSince({
  status,
  created_at,
  in_progress_at,
  finalizing_at,
  cancelling_at,
}: ProviderBatch): number {
  if (status === 'in_progress') return in_progress_at ?? created_at;
  if (status === 'finalizing') return finalizing_at ?? in_progress_at ?? created_at;
  if (status === 'cancelling') return cancelling_at ?? in_progress_at ?? created_at;
  return created_at;
}
