import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ErrorCode } from '@batchdesk/shared';
import {
  claimSubmission,
  completeSubmission,
  failSubmission,
  releaseSubmission,
  updateSubmission,
} from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { createOnce } from './create-once.ts';
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

/**
 * Brings a submission to the provider while its user waits. When the provider refuses, the submission ends here and the
 * user may hand it in again; when it is unknown whether the batch exists, the work goes on by itself.
 *
 * @throws {BatchdeskError} `submission_unconfirmed` when the work goes on; otherwise what the provider said
 */
export async function submit(deps: SubmitDeps, submissionId: string): Promise<Batch> {
  const submission = await claimSubmission(deps.db, submissionId);
  if (!submission) throw new Error(`Submission ${submissionId} is being worked on already.`);
  try {
    return await bringToProvider(deps, submission);
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

async function bringToProvider(deps: SubmitDeps, submission: Submission): Promise<Batch> {
  const fileId = submission.input_file_id ?? (await upload(deps, submission));
  const batch = await createOnce(deps, { ...submission, input_file_id: fileId }, fileId);
  return completeSubmission(deps.db, submission, { batch, provider: deps.provider.name });
}

async function upload(deps: SubmitDeps, submission: Submission): Promise<string> {
  const { id, input_name: name, input_sha256: sha256 } = submission;
  if (name === null || sha256 === null)
    throw new Error(`Submission ${id} has neither a file id nor an input.`);
  await updateSubmission(deps.db, id, { status: 'uploading' });
  const file = await sendFile(deps, { name, filename: `${id}.jsonl`, sha256, request_count: null });
  await updateSubmission(deps.db, id, { status: 'uploading', input_file_id: file.id });
  return file.id;
}
