import { setTimeout as delay } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { Metadata } from '@batchdesk/shared';
import { updateSubmission } from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { isAmbiguous } from '../provider/map-error.ts';
import type { ProviderBatch, ProviderBatchParams } from '../provider/provider.ts';
import { findCreated } from './find-created.ts';
import { addMark } from '../submission-mark.ts';

/** How often creation is tried while somebody waits for the answer. */
const ATTEMPTS = 4;
/** Milliseconds before each look for a batch whose answer was lost: the provider may still be at work on it. */
const LOOK_DELAYS_MS = [250, 1_000, 3_000];
/** The longest wait that the provider may ask for while somebody waits for the answer, in seconds. */
const LONGEST_WAIT_SECONDS = 20;

/**
 * Creates the batch of a submission, at most once: whenever it may exist already, it is looked for first.
 *
 * @throws {BatchdeskError} `submission_unconfirmed` when it could not be found out whether the batch exists; otherwise
 * what the provider said
 */
export async function createOnce(
  deps: Pick<Deps, 'db' | 'provider' | 'log'>,
  submission: Submission,
  fileId: string,
): Promise<ProviderBatch> {
  if (submission.status === 'creating') {
    const batch = await findCreated(deps, submission);
    if (batch) return batch;
  } else {
    await updateSubmission(deps.db, submission.id, { status: 'creating' });
  }
  let inDoubt = false;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await deps.provider.createBatch(toParams(submission, fileId));
      } catch (error) {
        if (!(error instanceof BatchdeskError)) throw error;
        deps.log.warn({ submission_id: submission.id, code: error.code, attempt }, 'creating a batch failed');
        inDoubt ||= isAmbiguous(error);
        if (isAmbiguous(error)) {
          const batch = await lookFor(deps, submission);
          if (batch) return batch;
        }
        const waitMs = waitBeforeRetryMs(error, attempt, submission);
        if (waitMs === null || attempt === ATTEMPTS) throw error;
        await delay(waitMs);
      }
    }
  } catch (error) {
    if (!inDoubt) throw error;
    const details = { job_id: submission.job_id };
    throw new BatchdeskError('submission_unconfirmed', { details, cause: error });
  }
}

async function lookFor(
  deps: Pick<Deps, 'db' | 'provider'>,
  submission: Submission,
): Promise<ProviderBatch | null> {
  for (const delayMs of LOOK_DELAYS_MS) {
    await delay(delayMs);
    const batch = await findCreated(deps, submission);
    if (batch) return batch;
  }
  return null;
}

/** How long to wait for what passes by itself; `null` for what does not. */
function waitBeforeRetryMs(error: BatchdeskError, attempt: number, submission: Submission): number | null {
  if (isAmbiguous(error)) return 0;
  // A file that was uploaded a moment ago can be unknown for some seconds; one of long ago is gone.
  if (error.code === 'file_not_found' && submission.input_name !== null) return 500 * 2 ** attempt;
  if (error.code !== 'rate_limited') return null;
  const seconds = error.retryAfterSeconds ?? 2 ** attempt;
  return seconds <= LONGEST_WAIT_SECONDS ? seconds * 1_000 : null;
}

function toParams(submission: Submission, fileId: string): ProviderBatchParams {
  const { output_expires_after: seconds } = submission;
  const metadata = submission.metadata === null ? null : (JSON.parse(submission.metadata) as Metadata);
  return {
    endpoint: submission.endpoint,
    input_file_id: fileId,
    completion_window: '24h',
    metadata: addMark(metadata, submission),
    ...(seconds === null ? {} : { output_expires_after: { anchor: 'created_at', seconds } }),
  };
}
