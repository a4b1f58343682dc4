import type { Batch, Metadata, WaitReason } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { addMark } from '../submission-mark.ts';
import { costColumns } from './batch-costs.ts';
import { fromBatchRow } from './batch-row.ts';
import { insertBatch } from './batches.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import type { BatchModel, SubmissionModel } from './generated/models.ts';
import { finishJob } from './end-of-job.ts';
import { removeJobRow } from './jobs.ts';
import { priceInForce } from './prices.ts';
import { settlePending } from './requests.ts';
import { settleSubmission } from './settle-submission.ts';

/** Our intent to create one batch. */
export type Submission = SubmissionModel;

/** The statuses in which a submission still has to be brought to the provider. */
const OPEN_STATUSES = ['planned', 'waiting_for_capacity', 'uploading', 'creating'];

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

/** Lets others take a submission, not before `not_before`. */
export async function releaseSubmission(
  db: Database,
  { id, failures }: Submission,
  { not_before, wait_reason = 'retry_later' }: { not_before: number; wait_reason?: WaitReason },
): Promise<void> {
  const data = { claimed_until: 0, not_before, wait_reason, failures: failures + 1 };
  await db.submission.updateMany({ where: { id }, data });
}

/** Lets go of a submission of which the provider has certainly created nothing, to be chosen again in its turn. */
export async function returnToPlanned(
  db: Database,
  id: string,
  wait_reason: WaitReason | null = null,
): Promise<void> {
  const data = { status: 'planned', wait_reason, claimed_until: 0, not_before: 0 };
  await db.submission.update({ where: { id }, data });
}

/** Name in storage of the input of a job, `null` when only the provider has it. */
export async function findInputName(db: Database, jobId: string): Promise<string | null> {
  const job = await db.job.findUnique({ where: { id: jobId }, select: { input_name: true } });
  return job?.input_name ?? null;
}

/**
 * Drops the claims of a process that died, and lets all go on at once, with short waits again: there is one server on a
 * database.
 */
export async function dropClaims(db: Database): Promise<void> {
  await db.submission.updateMany({
    where: { status: { in: OPEN_STATUSES } },
    data: { claimed_until: 0, not_before: 0, failures: 0 },
  });
}

/** Submissions that were on their way to the provider and that nobody works on, oldest first, at most `limit`. */
export async function findInterrupted(
  db: Database,
  provider: Batch['provider'],
  limit: number,
): Promise<Submission[]> {
  const now = nowSeconds();
  return db.submission.findMany({
    where: {
      provider,
      status: { in: ['uploading', 'creating'] },
      claimed_until: { lt: now },
      not_before: { lte: now },
      job: { status: { not: 'accepting' } },
    },
    orderBy: { created_at: 'asc' },
    take: limit,
  });
}

/** Notes how far a submission has come. */
export async function updateSubmission(
  db: Database,
  submissionId: string,
  progress: Partial<
    Pick<Submission, 'status' | 'input_file_id' | 'input_sha256' | 'input_bytes' | 'uploads' | 'creation_at'>
  >,
): Promise<void> {
  await db.submission.update({
    where: { id: submissionId },
    data: { ...progress, wait_reason: null, updated_at: nowSeconds() },
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
    await transaction.submission.deleteMany({ where: { batch_id: batch.id, status: 'imported' } });
    await transaction.submission.update({
      where: { id },
      data: {
        status: 'submitted',
        batch_id: batch.id,
        claimed_until: 0,
        wait_reason: null,
        failures: 0,
        updated_at: nowSeconds(),
      },
    });
    const { model } = submission;
    const waited = await secondsWaited(transaction, submission);
    const known = await transaction.batch.findUnique({ where: { id: batch.id } });
    if (!known) return insertBatch(transaction, batch, { job_id, provider, model, waited });
    const costs = await costsOfKnown(transaction, known, model);
    const data = known.job_id === job_id ? {} : { job_id, collected_at: null, collect_after: 0 };
    const moved = await transaction.batch.update({
      where: { id: batch.id },
      data: { ...data, ...costs, waited },
    });
    if (known.job_id !== job_id) await removeJobRow(transaction, known.job_id);
    return fromBatchRow(moved);
  });
}

/** Seconds that a submission waited for its turn; `null` for one of `create`, which has no turn to wait for. */
async function secondsWaited(
  db: DatabaseOrTransaction,
  { job_id, admitted_at, created_at }: Submission,
): Promise<number | null> {
  if (admitted_at === null) return null;
  const job = await db.job.findUnique({ where: { id: job_id }, select: { kind: true } });
  return job?.kind === 'job' ? Math.max(0, admitted_at - created_at) : null;
}

/** The model and the costs of a batch that was met before it was known what it was made from. */
async function costsOfKnown(db: DatabaseOrTransaction, known: BatchModel, asked: string | null) {
  const model = known.model ?? asked;
  if (known.price_id !== null) return { model };
  const price = await priceInForce(db, model, known.created_at);
  return { model, ...(await costColumns(db, known, price)) };
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

/** How a submission ended that never became a batch: nothing of it ran, and nothing was paid. */
export interface UnsentEnd {
  status: 'failed' | 'cancelled';
  /** Of its requests. */
  outcome: 'failed' | 'cancelled' | 'expired';
  code: string;
  message: string;
}

/** Ends a submission that never became a batch, and its job if it was the last. */
export async function endUnsent(db: Database, { id, job_id }: Submission, end: UnsentEnd): Promise<void> {
  const { status, outcome, code, message } = end;
  await settlePending(db, { submission_id: id }, { outcome, error_code: code });
  await db.$transaction(async (transaction) => {
    const data = { status, error_code: code, error_message: message, claimed_until: 0, wait_reason: null };
    await transaction.submission.update({ where: { id }, data });
    await recordEvent(transaction, { job_id, type: `submission.${status}`, data: { code } });
    await settleSubmission(transaction, id);
    await finishJob(transaction, job_id);
  });
}

/** A submission that is still to be brought to the provider, `null` when there is none of that id. */
export async function findOpenSubmission(
  db: DatabaseOrTransaction,
  submissionId: string,
): Promise<Submission | null> {
  return db.submission.findFirst({ where: { id: submissionId, status: { in: OPEN_STATUSES } } });
}
