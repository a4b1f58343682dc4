import { BatchdeskError } from '@batchdesk/shared';
import { removeUnacceptedJobs } from '../db/remove-jobs.ts';

import { findAbandoned, findSubmission, findUntidied, isUsedByOthers, markTidied } from '../db/untidied.ts';
import type { Deps } from '../deps.ts';
import type { Submission } from '../db/submissions.ts';
import { removeUploads } from './uploaded-files.ts';

type TidyDeps = Pick<Deps, 'db' | 'provider' | 'log'>;

/**
 * Deletes the files at the provider that were uploaded for a submission and that no batch uses: those of uploads whose
 * answers were lost, and the parts of what was never sent. What fails is done at the next start.
 */
export async function tidyUploads(deps: TidyDeps, { id: submissionId }: { id: string }): Promise<void> {
  const submission = await findSubmission(deps.db, submissionId);
  if (!submission || submission.settled_at === null) return;
  const { id, uploads, is_whole, input_file_id, status, error_code } = submission;
  const isUsed = status === 'submitted' && error_code === null;
  if (uploads === 0 || (isUsed && uploads === 1)) return;
  try {
    // The whole input of a job may serve another one of the same content.
    const isShared = is_whole && input_file_id !== null && (await isUsedByOthers(deps.db, submission));
    await removeUploads(deps, submission, isUsed || isShared ? input_file_id : null);
    await markTidied(deps.db, id);
  } catch (error) {
    if (!(error instanceof BatchdeskError)) throw error;
    deps.log.warn({ submission_id: id, code: error.code }, 'unused uploads could not be deleted');
  }
}

/** Does so for what an earlier process has left. */
export async function tidyAll(deps: TidyDeps & Pick<Deps, 'storage'>): Promise<void> {
  for (const submission of await findAbandoned(deps.db, deps.provider.name)) {
    await tidyAbandoned(deps, submission);
  }
  for (const submission of await findUntidied(deps.db, deps.provider.name)) {
    await tidyUploads(deps, submission);
  }
}

/** Deletes what was uploaded for a job that was never accepted, then the job itself. */
async function tidyAbandoned(deps: TidyDeps & Pick<Deps, 'storage'>, submission: Submission): Promise<void> {
  const { db, log } = deps;
  try {
    // A file that was stored may serve whoever comes with the same content.
    await removeUploads(deps, submission, submission.input_file_id);
    await markTidied(db, submission.id);
    await removeUnacceptedJobs(deps, submission.job_id);
  } catch (error) {
    if (!(error instanceof BatchdeskError)) throw error;
    log.warn({ submission_id: submission.id, code: error.code }, 'unused uploads could not be deleted');
  }
}
