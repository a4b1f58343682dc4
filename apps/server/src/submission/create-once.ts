import { setTimeout as delay } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { findFile } from '../db/files.ts';
import { metadataToSend, updateSubmission } from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import { isStopped } from '../db/stop-job.ts';
import type { Deps } from '../deps.ts';
import { isAmbiguous } from '../provider/map-error.ts';
import type { ProviderBatch, ProviderBatchParams } from '../provider/provider.ts';
import { findCreated } from './find-created.ts';

/** How often creation is tried while somebody waits for the answer. */
const ATTEMPTS = 4;
/** Milliseconds before each look for a batch whose answer was lost: the provider may still be at work on it. */
const LOOK_DELAYS_MS = [250, 1_000, 3_000];
/** Seconds for which a creation whose answer was lost may still take effect: until then it is looked for, not repeated. */
const DOUBT_SECONDS = 30;
/** Seconds after its upload in which a file may be unknown to the provider. */
const NEW_FILE_SECONDS = 60;
/** The longest wait that the provider may ask for while somebody waits for the answer, in seconds. */
const LONGEST_WAIT_SECONDS = 20;

type CreateDeps = Pick<Deps, 'db' | 'provider' | 'log' | 'step'>;

/**
 * Creates the batch of a submission, at most once. When it is unknown whether the provider has it, it is looked for; it is
 * sent again only by a later call, when it still cannot be found after `DOUBT_SECONDS`.
 *
 * @throws {BatchdeskError} `submission_unconfirmed` when it could not be found out whether the batch exists; otherwise
 * what the provider said
 */
export async function createOnce(
  deps: CreateDeps,
  submission: Submission,
  fileId: string,
): Promise<ProviderBatch> {
  if (submission.status === 'creating') {
    const batch = await inDoubt(submission, () => findCreated(deps, submission));
    if (batch) return batch;
    if (nowSeconds() - submission.updated_at < DOUBT_SECONDS) throw unconfirmed(submission);
  }
  for (let attempt = 1; ; attempt += 1) {
    if (await isStopped(deps.db, submission.job_id)) {
      throw new BatchdeskError('job_stopped', { details: { job_id: submission.job_id } });
    }
    await updateSubmission(deps.db, submission.id, { status: 'creating', creation_at: nowSeconds() });
    deps.step('creation.begun');
    try {
      return await deps.provider.createBatch(toParams(submission, fileId));
    } catch (error) {
      if (!(error instanceof BatchdeskError)) throw error;
      deps.log.warn({ submission_id: submission.id, code: error.code, attempt }, 'creating a batch failed');
      if (isAmbiguous(error)) return lookFor(deps, submission, error);
      const waitMs = await waitBeforeRetryMs(deps, error, { attempt, fileId });
      if (waitMs === null || attempt === ATTEMPTS) {
        // It was refused for certain: there is nothing to look for later.
        await updateSubmission(deps.db, submission.id, { status: 'uploading' });
        throw error;
      }
      await delay(waitMs);
    }
  }
}

async function lookFor(deps: CreateDeps, submission: Submission, cause: unknown): Promise<ProviderBatch> {
  // From here on the time of doubt counts: the call may have lasted long.
  await updateSubmission(deps.db, submission.id, { status: 'creating' });
  for (const delayMs of LOOK_DELAYS_MS) {
    await delay(delayMs);
    const batch = await inDoubt(submission, () => findCreated(deps, submission));
    if (batch) return batch;
  }
  throw unconfirmed(submission, cause);
}

/** While the batch may exist, no error may say that it does not. */
async function inDoubt<T>(submission: Submission, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (cause) {
    throw unconfirmed(submission, cause);
  }
}

function unconfirmed({ job_id }: Submission, cause?: unknown): BatchdeskError {
  return new BatchdeskError('submission_unconfirmed', { details: { job_id }, cause });
}

/** How long to wait for what passes by itself; `null` for what does not. */
async function waitBeforeRetryMs(
  { db }: CreateDeps,
  error: BatchdeskError,
  { attempt, fileId }: { attempt: number; fileId: string },
): Promise<number | null> {
  if (error.code === 'file_not_found') {
    // One that was uploaded a moment ago can be unknown for some seconds; one of long ago is gone.
    const file = await findFile(db, fileId);
    const isNew = file !== null && nowSeconds() - file.created_at < NEW_FILE_SECONDS;
    return isNew ? 500 * 2 ** attempt : null;
  }
  if (error.code !== 'rate_limited') return null;
  const seconds = error.retryAfterSeconds ?? 2 ** attempt;
  return seconds <= LONGEST_WAIT_SECONDS ? seconds * 1_000 : null;
}

function toParams(submission: Submission, fileId: string): ProviderBatchParams {
  const { output_expires_after: seconds } = submission;
  return {
    endpoint: submission.endpoint,
    input_file_id: fileId,
    completion_window: '24h',
    metadata: metadataToSend(submission),
    ...(seconds === null ? {} : { output_expires_after: { anchor: 'created_at', seconds } }),
  };
}
