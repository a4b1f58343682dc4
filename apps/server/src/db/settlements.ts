import { nowSeconds } from '../clock.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import { finishPlanning } from './hand-on.ts';
import { finishJob } from './end-of-job.ts';
import { saveIdempotencyKey } from './idempotency-keys.ts';
import type { NewIdempotencyKey } from './idempotency-keys.ts';
import { recountOutcomes, settleSubmission } from './settle-submission.ts';
import type { Submission } from './submissions.ts';

/** Ends a submission whose results are here; `retried` of its requests went on to others, which may be sent now. */
export async function endCollected(db: Database, source: Submission, retried: number): Promise<void> {
  const { id, job_id, batch_id } = source;
  await db.$transaction(async (transaction) => {
    await finishPlanning(transaction, id);
    if (retried > 0) {
      const event = { job_id, ...(batch_id === null ? {} : { batch_id }) };
      await recordEvent(transaction, { ...event, type: 'requests.retried', data: { requests: retried } });
    }
    await settleSubmission(transaction, id);
    await finishJob(transaction, job_id);
  });
}

/** Ends a submission whose batch the provider refused, and whose requests went on to others, which may be sent now. */
export async function endReplaced(
  db: Database,
  { id, job_id, batch_id }: Submission,
  { code, message, requests }: { code: string; message: string | null; requests: number },
): Promise<void> {
  await db.$transaction(async (transaction) => {
    await finishPlanning(transaction, id);
    await transaction.submission.update({
      where: { id },
      data: { status: 'failed', error_code: code, error_message: message },
    });
    const event = { job_id, ...(batch_id === null ? {} : { batch_id }) };
    await recordEvent(transaction, { ...event, type: 'submission.replaced', data: { code, requests } });
    await settleSubmission(transaction, id);
    if (batch_id !== null) {
      await transaction.batch.update({ where: { id: batch_id }, data: { collected_at: nowSeconds() } });
    }
    await finishJob(transaction, job_id);
  });
}

/** Lets go what was handed on from a submission that had been settled. */
export async function endRetried(db: Database, { id }: Submission): Promise<void> {
  await db.$transaction(async (transaction) => {
    await finishPlanning(transaction, id);
    await recountOutcomes(transaction, id);
  });
}

/** Takes up what a dead process left half handed on. */
export async function recoverPlanning(db: Database): Promise<void> {
  const planning = await db.submission.findMany({
    where: { status: 'planning' },
    select: { replaces: true },
    distinct: ['replaces'],
  });
  await db.$transaction(async (transaction) => {
    for (const { replaces } of planning) if (replaces !== null) await recountOutcomes(transaction, replaces);
    await finishPlanning(transaction, null);
    // Handed on to nobody: what is settled is all there is.
    for (const { id } of await findDone(transaction)) await finishJob(transaction, id);
  });
}

function findDone(db: DatabaseOrTransaction): Promise<{ id: string }[]> {
  return db.job.findMany({
    where: {
      kind: { not: 'imported' },
      status: { in: ['in_progress', 'cancelling'] },
      submissions: { none: { settled_at: null } },
    },
    select: { id: true },
  });
}

/** Notes how many requests of a job were sent again because its user asked for it, and the key of that call. */
export async function noteRetried(
  db: Database,
  job_id: string,
  { requests, idempotency }: { requests: number; idempotency: NewIdempotencyKey | null },
): Promise<void> {
  await db.$transaction(async (transaction) => {
    await recordEvent(transaction, { job_id, type: 'job.retried', data: { requests } });
    if (idempotency) await saveIdempotencyKey(transaction, job_id, idempotency);
  });
}

/** Ends the submission of a batch whose results are here, if it is one of a single batch: then nothing goes on by itself. */
export async function endSingle(db: Database, batchId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    const submission = await transaction.submission.findUnique({
      where: { batch_id: batchId, job: { kind: { not: 'job' } } },
    });
    if (!submission) return;
    await settleSubmission(transaction, submission.id);
    await finishJob(transaction, submission.job_id);
  });
}
