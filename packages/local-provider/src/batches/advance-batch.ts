import { rm } from 'node:fs/promises';

import { sleepUntil } from '../time.ts';
import { countRan, findBatchFault, isStuck, type BatchRecord } from './batch-record.ts';
import { makeResultFiles, type ResultFilesParts } from './make-result-files.ts';
import { scanInput } from './scan-input.ts';
import { checkTokenLimit } from './token-limit.ts';
import type { WorkQueue } from '../work-queue.ts';

/** How long a batch stays in each status, in milliseconds. */
export interface Durations {
  validatingMs: number;
  inProgressMs: number;
  finalizingMs: number;
  cancellingMs: number;
}

/** What advancing a batch needs. */
export interface AdvanceParts extends ResultFilesParts {
  durations: Durations;
  enqueuedTokenLimit: number | undefined;
  /** For the reading and writing of whole files. */
  queue: WorkQueue;
}

/** `closing` ends work, `woken` ends waiting (also when closing). */
export interface AdvanceSignals {
  closing: AbortSignal;
  woken: AbortSignal;
}

/**
 * Takes a batch one step further: does one piece of its work, or waits, or changes its status. To be called again
 * with the latest record until the status is terminal. Everything it decides is stored before it is acted on, so that
 * the next process goes on where this one stopped. Throws when closing or when reading or writing fails.
 */
export async function advanceBatch(
  parts: AdvanceParts,
  record: BatchRecord,
  signals: AdvanceSignals,
): Promise<void> {
  switch (record.status) {
    case 'validating':
      return advanceValidating(parts, record, signals);
    case 'in_progress':
      return advanceInProgress(parts, record, signals);
    case 'finalizing':
      return advanceFinalizing(parts, record, signals);
    case 'cancelling':
      return advanceCancelling(parts, record, signals);
    case 'failed':
    case 'completed':
    case 'expired':
    case 'cancelled':
      return undefined;
  }
}

async function advanceValidating(
  parts: AdvanceParts,
  record: BatchRecord,
  signals: AdvanceSignals,
): Promise<void> {
  const { batches, durations, enqueuedTokenLimit } = parts;
  const { id, scan } = record;
  if (!scan) return scanBatch(parts, record, signals);
  if (await hadToWait(record, record.createdAtMs + durations.validatingMs, signals)) return;
  const tokenLimit =
    scan.errors.length > 0 ? null : checkTokenLimit(record, batches.all(), enqueuedTokenLimit);
  const found = tokenLimit ? [{ ...tokenLimit, line: null }] : scan.errors;
  const errors = findBatchFault(record, 'batch_failed')?.errors ?? found;
  if (errors.length === 0) {
    batches.update(id, { status: 'in_progress', inProgressAtMs: Date.now() });
  } else {
    await end(parts, record, { status: 'failed', failedAtMs: Date.now(), scan: { ...scan, errors } });
  }
}

async function advanceInProgress(
  parts: AdvanceParts,
  record: BatchRecord,
  signals: AdvanceSignals,
): Promise<void> {
  const { batches, durations } = parts;
  const { id, inProgressAtMs = 0, expiresAtMs, scan } = record;
  const finishesAtMs = inProgressAtMs + durations.inProgressMs;
  if (await hadToWait(record, Math.min(finishesAtMs, expiresAtMs), signals)) return;
  if (record.ran === undefined && finishesAtMs <= expiresAtMs) {
    batches.update(id, { status: 'finalizing', finalizingAtMs: Date.now(), ran: scan?.total ?? 0 });
  } else if (record.ran === undefined) {
    batches.update(id, { ran: countRan(record, durations.inProgressMs, expiresAtMs) });
  } else if (!record.result) {
    const options = { notRunReason: 'batch_expired' as const, signal: signals.closing };
    await parts.queue.run(() => makeResultFiles(parts, record, options));
  } else {
    await end(parts, record, { status: 'expired', expiredAtMs: Date.now() });
  }
}

async function advanceFinalizing(
  parts: AdvanceParts,
  record: BatchRecord,
  signals: AdvanceSignals,
): Promise<void> {
  if (!record.result) {
    const options = { notRunReason: 'batch_expired' as const, signal: signals.closing };
    return parts.queue.run(() => makeResultFiles(parts, record, options));
  }
  if (await hadToWait(record, (record.finalizingAtMs ?? 0) + parts.durations.finalizingMs, signals)) return;
  await end(parts, record, { status: 'completed', completedAtMs: Date.now() });
}

async function advanceCancelling(
  parts: AdvanceParts,
  record: BatchRecord,
  signals: AdvanceSignals,
): Promise<void> {
  const { scan, result } = record;
  // Cancelled before it was read: the requests still get a line each, unless the input is not valid.
  if (!scan) return scanBatch(parts, record, signals);
  if (!result && scan.errors.length === 0) {
    const options = { notRunReason: 'batch_cancelled' as const, signal: signals.closing };
    return parts.queue.run(() => makeResultFiles(parts, record, options));
  }
  if (await hadToWait(record, (record.cancellingAtMs ?? 0) + parts.durations.cancellingMs, signals)) return;
  await end(parts, record, { status: 'cancelled', cancelledAtMs: Date.now() });
}

async function scanBatch(
  parts: AdvanceParts,
  record: BatchRecord,
  { closing }: AdvanceSignals,
): Promise<void> {
  const { id, endpoint, rowFaults } = record;
  const options = { path: parts.batches.inputPath(id), endpoint, rowFaults };
  const scan = await parts.queue.run(() => scanInput(options, closing));
  parts.batches.update(id, { scan });
}

/** Waits until the status of a batch is due to end; false if it is due already and no fault holds it. */
async function hadToWait(record: BatchRecord, dueMs: number, { woken }: AdvanceSignals): Promise<boolean> {
  const isHeld = isStuck(record);
  if (!isHeld && Date.now() >= dueMs) return false;
  await sleepUntil(isHeld ? Infinity : dueMs, woken);
  return true;
}

async function end(
  { batches }: AdvanceParts,
  record: BatchRecord,
  changes: Partial<BatchRecord>,
): Promise<void> {
  const scan = changes.scan ?? record.scan;
  // Where the lines are is of no use any more, and the longest part of a record.
  batches.update(record.id, { ...changes, ...(scan && { scan: { ...scan, groups: [] } }) });
  await rm(batches.inputPath(record.id), { force: true });
}
