import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ErrorCode } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { claimSubmission, releaseSubmission, returnToPlanned } from '../db/submissions.ts';
import { completeSubmission } from '../db/complete-submission.ts';
import { endUnsent } from '../db/end-unsent.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { createOnce } from './create-once.ts';
import { giveInput, upload } from './give-input.ts';
import { isPausing, noteWorking, pauseProvider } from '../capacity/pause-provider.ts';

type SubmitDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>;

/** Seconds until a submission that could not be settled is taken up again: doubled each time in a row. */
const RETRY_SECONDS = { first: 15, longest: 600 };

/** What may be over in a while: work that nobody waits for is kept for then. */
const PASSING: readonly ErrorCode[] = [
  'provider_unreachable',
  'provider_error',
  'rate_limited',
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
 * Brings a new submission to the provider while its user waits; `accepted` is when its requests are written. When the
 * provider refuses, the submission ends here and the user may hand it in again; when it is unknown whether the batch
 * exists, the work goes on by itself.
 *
 * @throws {BatchdeskError} `submission_unconfirmed` when the work goes on; otherwise what the provider said
 */
export async function submit(
  deps: SubmitDeps,
  submissionId: string,
  accepted: Promise<void>,
): Promise<CreatedBatch> {
  accepted.catch(() => {}); // seen below
  const created = await whileAtWork(deps, submissionId, () => submitNow(deps, submissionId, accepted));
  if (!created) throw new Error(`Submission ${submissionId} is being worked on already.`);
  return created;
}

async function submitNow(
  deps: SubmitDeps,
  submissionId: string,
  accepted: Promise<void>,
): Promise<CreatedBatch> {
  const submission = await claimSubmission(deps.db, submissionId);
  if (!submission) throw new Error(`Submission ${submissionId} is being worked on already.`);
  try {
    return await bringToProvider(deps, submission, accepted);
  } catch (error) {
    if (isStop(error)) {
      await returnToPlanned(deps.db, submission.id);
    } else if (error instanceof BatchdeskError && error.code !== 'submission_unconfirmed') {
      await fail(deps, submission, error);
    } else {
      await releaseSubmission(deps.db, submission, { not_before: nowSeconds() + RETRY_SECONDS.first });
    }
    throw error;
  }
}

/**
 * Brings a submission to the provider, or goes on with one that was left by a process that died or by a lost answer. What
 * may be over in a while is tried again later; what stops all batches pauses the provider.
 */
export async function resume(deps: SubmitDeps, submissionId: string): Promise<void> {
  await whileAtWork(deps, submissionId, async () => {
    const submission = await claimSubmission(deps.db, submissionId);
    if (!submission) return;
    deps.step('submission.claimed');
    try {
      await bringToProvider(deps, submission);
    } catch (error) {
      await putOff(deps, submission, error);
    }
  });
}

/** Submissions that this process works on: claims end with the clock, and the clock can be set. */
const atWork = new WeakMap<Deps['db'], Set<string>>();

/** Does work on a submission, `undefined` when that is under way already. */
async function whileAtWork<T>(
  { db }: SubmitDeps,
  submissionId: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const ids = atWork.get(db) ?? new Set();
  atWork.set(db, ids);
  if (ids.has(submissionId)) return undefined;
  ids.add(submissionId);
  try {
    return await work();
  } finally {
    ids.delete(submissionId);
  }
}

async function putOff(deps: SubmitDeps, submission: Submission, error: unknown): Promise<void> {
  // Back to what `endStopped` takes up: it is certain that there is no batch.
  if (isStop(error)) return returnToPlanned(deps.db, submission.id);
  if (error instanceof BatchdeskError && isPausing(error)) {
    await pauseProvider(deps, error);
    // It was refused for certain: it waits with the others until one of them is let go to see.
    return returnToPlanned(deps.db, submission.id, 'provider_paused');
  }
  if (error instanceof BatchdeskError && !PASSING.includes(error.code)) return fail(deps, submission, error);
  const asked = error instanceof BatchdeskError ? error.retryAfterSeconds : undefined;
  const usual = Math.min(RETRY_SECONDS.first * 2 ** submission.failures, RETRY_SECONDS.longest);
  await releaseSubmission(deps.db, submission, { not_before: nowSeconds() + (asked ?? usual) });
  deps.log.warn({ submission_id: submission.id, err: error }, 'a submission has to wait');
}

function isStop(error: unknown): boolean {
  return error instanceof BatchdeskError && error.code === 'job_stopped';
}

function fail({ db }: SubmitDeps, submission: Submission, { code, message }: BatchdeskError): Promise<void> {
  return endUnsent(db, submission, { status: 'failed', outcome: 'failed', code, message });
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
    if (!isGone || submission.request_count === null) throw error;
    // The provider has deleted the file since it was sent: there is a copy to send.
    return { batch: await create(deps, submission, await upload(deps, submission)) };
  }
}

async function create(deps: SubmitDeps, submission: Submission, fileId: string): Promise<Batch> {
  const batch = await createOnce(deps, { ...submission, input_file_id: fileId }, fileId);
  deps.step('creation.answered');
  const stored = await completeSubmission(deps.db, submission, { batch, provider: deps.provider.name });
  deps.step('creation.stored');
  await noteWorking(deps);
  return stored;
}
