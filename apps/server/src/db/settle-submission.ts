import { nowSeconds } from '../clock.ts';
import type { DatabaseOrTransaction } from './database.ts';

/**
 * Notes that each request of a submission has its outcome, and how many have which: counted on the index once, so that
 * the counts of a job of a million requests are not counted again whenever it is shown.
 */
export async function settleSubmission(db: DatabaseOrTransaction, submissionId: string): Promise<void> {
  await recountOutcomes(db, submissionId);
  await db.submission.updateMany({
    where: { id: submissionId, settled_at: null },
    data: { settled_at: nowSeconds() },
  });
}

/** Counts the outcomes of a settled submission again, after requests of it were handed on to another. */
export async function recountOutcomes(db: DatabaseOrTransaction, submissionId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE submissions SET outcomes = (
      SELECT json_group_array(json_array(outcome, error_code, requests)) FROM (
        SELECT outcome, error_code, count(*) AS requests FROM requests
        WHERE submission_id = ${submissionId} AND is_superseded = 0 GROUP BY outcome, error_code))
    WHERE id = ${submissionId}`;
}
