import type { Database } from './database.ts';
import { recordEvent } from './events.ts';
import { finishJob } from './end-of-job.ts';
import { settlePending } from './requests.ts';
import { settleSubmission } from './settle-submission.ts';
import type { Submission } from './submissions.ts';

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
