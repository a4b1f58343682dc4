import type { BatchFailure } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Why batches of a job failed as a whole or were not created, in the order of their making; at most `limit`. */
export async function findBatchFailures(
  db: Database,
  job_id: string,
  { limit }: { limit: number },
): Promise<BatchFailure[]> {
  const [{ failures }] = await db.$queryRaw<[{ failures: string }]>`
    SELECT json_group_array(json_object('batch_id', batch_id, 'submission_id', submission_id, 'code', code,
      'message', message, 'line', line, 'param', param)) AS failures
    FROM (
      SELECT sequence, error.key AS place, batches.id AS batch_id, submissions.id AS submission_id,
        error.value->>'code' AS code, error.value->>'message' AS message,
        error.value->>'line' AS line, error.value->>'param' AS param
      FROM submissions JOIN batches ON batches.id = submissions.batch_id
        JOIN json_each(batches.errors, '$.data') AS error
      WHERE submissions.job_id = ${job_id}
      UNION ALL
      -- What was not created, or was refused without a reason.
      SELECT sequence, 0, batch_id, submissions.id, coalesce(error_code, 'batch_failed'), error_message, NULL, NULL
      FROM submissions LEFT JOIN batches ON batches.id = submissions.batch_id
      WHERE submissions.job_id = ${job_id}
        AND ((submissions.status = 'failed' AND error_code IS NOT NULL) OR batches.status = 'failed')
        AND ifnull(json_array_length(batches.errors, '$.data'), 0) = 0
      ORDER BY 1, 2 LIMIT ${limit})`;
  return JSON.parse(failures) as BatchFailure[];
}
