import type { Batch, Metadata } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { addMark } from '../submission-mark.ts';
import { fromBatchRow } from './batch-row.ts';
import { insertBatch } from './batches.ts';
import type { Database } from './database.ts';
import { recordEvent } from './events.ts';
import type { SubmissionModel } from './generated/models.ts';
import { settlePending } from './requests.ts';

/** Our intent to create one batch. */
export type Submission = SubmissionModel;

/** The statuses in which a submission still has to be brought to the provider. */
const OPEN_STATUSES = ['planned', 'uploading', 'creating'];

/** Seconds for which a claim holds without being renewed: longer than all tries of the longest upload. */
const CLAIM_SECONDS = 2 * 60 * 60;

/** Takes a submission to work on, `null` when somebody else has it or it is done. */
export async function claimSubmission(db: Database, submissionId: string): Promise<Submission | null> {
  const now = nowSeconds();
  const { count } = await db.submission.updateMany({
    where: { id: submissionId, status: { in: OPEN_STATUSES }, claimed_until: { lt: now } },
    data: { claimed_until: now + CLAIM_SECONDS },
  });
  return count === 0 ? null : db.submission.findUnique({ where: { id: submissionId } });
}

/** Lets others take a submission, after `delaySeconds` at the earliest. */
export async function releaseSubmission(db: Database, submissionId: string, delaySeconds = 0): Promise<void> {
  const claimed_until = delaySeconds === 0 ? 0 : nowSeconds() + delaySeconds;
  await db.submission.updateMany({ where: { id: submissionId }, data: { claimed_until } });
}

/** Drops the claims of a process that died: there is one server on a database. */
export async function dropClaims(db: Database): Promise<void> {
  await db.submission.updateMany({ where: { claimed_until: { gt: 0 } }, data: { claimed_until: 0 } });
}

/** Submissions that wait to be brought to a provider and that nobody works on, oldest first, at most `limit`. */
export async function findOpenSubmissionIds(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<string[]> {
  const rows = await db.submission.findMany({
    where: {
      provider,
      status: { in: OPEN_STATUSES },
      claimed_until: { lt: nowSeconds() },
      job: { status: { not: 'accepting' } },
    },
    select: { id: true },
    orderBy: { created_at: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Notes how far a submission has come. */
export async function updateSubmission(
  db: Database,
  submissionId: string,
  progress: { status: 'uploading' | 'creating'; input_file_id?: string },
): Promise<void> {
  await db.submission.update({
    where: { id: submissionId },
    data: { ...progress, updated_at: nowSeconds() },
  });
}

/**
 * Stores the batch that came of a submission: from here on it is tracked. One that was met in a listing meanwhile stays as
 * it is; if it was taken for somebody else's, it changes its job, and its results are collected again for that one.
 */
export async function completeSubmission(
  db: Database,
  submission: Submission,
  { batch, provider }: { batch: ProviderBatch; provider: Batch['provider'] },
): Promise<Batch> {
  const { id, job_id } = submission;
  return db.$transaction(async (transaction) => {
    const done = { status: 'submitted', batch_id: batch.id, claimed_until: 0, updated_at: nowSeconds() };
    await transaction.submission.deleteMany({ where: { batch_id: batch.id, status: 'imported' } });
    await transaction.submission.update({ where: { id }, data: done });
    const known = await transaction.batch.findUnique({ where: { id: batch.id } });
    if (!known) return insertBatch(transaction, batch, { job_id, provider });
    const data = known.job_id === job_id ? {} : { job_id, collected_at: null, collect_after: 0 };
    const moved = await transaction.batch.update({ where: { id: batch.id }, data });
    if (known.job_id !== job_id) await transaction.job.deleteMany({ where: { id: known.job_id } });
    return fromBatchRow(moved);
  });
}

/** Whether a batch came of a submission of ours. */
export async function hasSubmission(db: Database, batchId: string): Promise<boolean> {
  return (await db.submission.count({ where: { batch_id: batchId, status: { not: 'imported' } } })) > 0;
}

/** The metadata that goes to the provider: the user's and, where there is room, our mark. */
export function metadataToSend(submission: Submission): Metadata {
  const own = submission.metadata === null ? null : (JSON.parse(submission.metadata) as Metadata);
  return addMark(own, submission);
}

/** Ends a submission that the provider refused: its requests failed, and nothing was paid. */
export async function failSubmission(
  db: Database,
  submission: Submission,
  error: { code: string; message: string },
): Promise<void> {
  const { id, job_id } = submission;
  await settlePending(db, { job_id, submission_id: id }, { outcome: 'failed', error_code: error.code });
  await db.$transaction(async (transaction) => {
    const now = nowSeconds();
    const failed = { status: 'failed', error_code: error.code, error_message: error.message };
    await transaction.submission.update({
      where: { id },
      data: { ...failed, claimed_until: 0, updated_at: now },
    });
    await transaction.job.update({ where: { id: job_id }, data: { status: 'finished', finished_at: now } });
    await recordEvent(transaction, { job_id, type: 'submission.failed', data: { code: error.code } });
    await recordEvent(transaction, { job_id, type: 'job.finished' });
  });
}

/** A submission that is still to be brought to the provider, `null` when there is none of that id. */
export async function findOpenSubmission(db: Database, submissionId: string): Promise<Submission | null> {
  return db.submission.findFirst({ where: { id: submissionId, status: { in: OPEN_STATUSES } } });
}
