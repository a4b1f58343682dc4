import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ErrorCode } from '@batchdesk/shared';
import { saveFile } from '../db/files.ts';
import {
  claimSubmission,
  completeSubmission,
  failSubmission,
  metadataToSend,
  releaseSubmission,
  updateSubmission,
} from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { readMark } from '../submission-mark.ts';
import { createOnce } from './create-once.ts';
import { findSentFile } from './find-sent-file.ts';
import { sendFile } from './send-file.ts';

type SubmitDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>;

/** Seconds until a submission that could not be settled is taken up again. */
const RETRY_SECONDS = 15;

/** What may be over in a while: work that nobody waits for is kept for then. */
const PASSING: readonly ErrorCode[] = [
  'provider_unreachable',
  'provider_error',
  'provider_unauthorized',
  'rate_limited',
  'insufficient_quota',
  'api_key_not_configured',
  'submission_unconfirmed',
];

/** A batch that was created. */
export interface CreatedBatch {
  batch: Batch;
  /** The provider had the same content already: no file was sent. */
  input_file_reused?: true;
}

/**
 * Brings a new submission to the provider while its user waits; `accepted` is when its requests are written. When the provider refuses, the submission ends here and the
 * user may hand it in again; when it is unknown whether the batch exists, the work goes on by itself.
 *
 * @throws {BatchdeskError} `submission_unconfirmed` when the work goes on; otherwise what the provider said
 */
export async function submit(
  deps: SubmitDeps,
  submissionId: string,
  accepted: Promise<void>,
): Promise<CreatedBatch> {
  accepted.catch(() => {}); // seen below
  const submission = await claimSubmission(deps.db, submissionId);
  if (!submission) throw new Error(`Submission ${submissionId} is being worked on already.`);
  try {
    return await bringToProvider(deps, submission, accepted);
  } catch (error) {
    if (error instanceof BatchdeskError && error.code !== 'submission_unconfirmed') {
      await failSubmission(deps.db, submission, error);
    } else {
      await releaseSubmission(deps.db, submission.id, RETRY_SECONDS);
    }
    throw error;
  }
}

/**
 * Goes on with a submission that was left open by a process that died or by a lost answer. What may be over in a while
 * is tried again later.
 */
export async function resume(deps: SubmitDeps, submissionId: string): Promise<void> {
  const submission = await claimSubmission(deps.db, submissionId);
  if (!submission) return;
  try {
    await bringToProvider(deps, submission);
  } catch (error) {
    if (error instanceof BatchdeskError && !PASSING.includes(error.code)) {
      await failSubmission(deps.db, submission, error);
      return;
    }
    await releaseSubmission(deps.db, submission.id, RETRY_SECONDS);
    deps.log.warn({ submission_id: submission.id, err: error }, 'a submission has to wait');
  }
}

async function bringToProvider(
  deps: SubmitDeps,
  submission: Submission,
  accepted?: Promise<void>,
): Promise<CreatedBatch> {
  // Both come to their end: what follows a failure must not meet the other half way.
  const [input] = await Promise.allSettled([giveInput(deps, submission), accepted]);
  await accepted;
  if (input.status === 'rejected') throw input.reason;
  const { fileId, isReused } = input.value;
  try {
    const batch = await create(deps, submission, fileId);
    return isReused ? { batch, input_file_reused: true } : { batch };
  } catch (error) {
    const isGone = error instanceof BatchdeskError && error.code === 'file_not_found';
    if (!isGone || submission.input_name === null) throw error;
    // The provider has deleted the file since it was sent: there is a copy to send.
    return { batch: await create(deps, submission, await upload(deps, submission)) };
  }
}

async function create(deps: SubmitDeps, submission: Submission, fileId: string): Promise<Batch> {
  const batch = await createOnce(deps, { ...submission, input_file_id: fileId }, fileId);
  return completeSubmission(deps.db, submission, { batch, provider: deps.provider.name });
}

async function giveInput(
  deps: SubmitDeps,
  submission: Submission,
): Promise<{ fileId: string; isReused: boolean }> {
  const { id, input_file_id, input_sha256 } = submission;
  if (input_file_id !== null) return { fileId: input_file_id, isReused: false };
  // Of a batch without our mark the file tells whose it is: then it has to be one of its own.
  const isMarked = readMark(metadataToSend(submission)) === id;
  const sent = isMarked && input_sha256 !== null ? await findSentFile(deps, input_sha256) : null;
  if (!sent) return { fileId: await upload(deps, submission), isReused: false };
  await updateSubmission(deps.db, id, { status: 'uploading', input_file_id: sent.id });
  return { fileId: sent.id, isReused: true };
}

async function upload(deps: SubmitDeps, submission: Submission): Promise<string> {
  const { id, input_name: name, input_sha256: sha256 } = submission;
  if (name === null || sha256 === null)
    throw new Error(`Submission ${id} has neither a file id nor an input.`);
  await updateSubmission(deps.db, id, { status: 'uploading' });
  const { db, provider, storage } = deps;
  const file = await sendFile(provider, storage.path(name), `${id}.jsonl`);
  await saveFile(db, file, { provider: provider.name, stored_name: name, sha256, request_count: null });
  await updateSubmission(deps.db, id, { status: 'uploading', input_file_id: file.id });
  return file.id;
}
