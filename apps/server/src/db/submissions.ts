import type { Batch, Metadata, WaitReason } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { addMark } from '../submission-mark.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { isFileThere } from './files.ts';
import type { SubmissionModel } from './generated/models.ts';

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
  db: DatabaseOrTransaction,
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
 * Notes that a submission takes a file which the provider has, and returns `true`: from then on it is not deleted. `false` when
 * its deletion has begun.
 */
export async function takeSentFile(
  db: Database,
  submissionId: string,
  input_file_id: string,
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    if (!(await isFileThere(transaction, input_file_id))) return false;
    await updateSubmission(transaction, submissionId, { status: 'uploading', input_file_id });
    return true;
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

/** A submission that is still to be brought to the provider, `null` when there is none of that id. */
export async function findOpenSubmission(
  db: DatabaseOrTransaction,
  submissionId: string,
): Promise<Submission | null> {
  return db.submission.findFirst({ where: { id: submissionId, status: { in: OPEN_STATUSES } } });
}
