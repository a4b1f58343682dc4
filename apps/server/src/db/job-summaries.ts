import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** What the submissions and batches of a job come to. */
export interface JobSummary {
  job_id: string;
  /** Submissions of which each request has its outcome. */
  settled: number;
  /** The outcomes of their requests, but of those that were handed on. */
  outcomes: Partial<Record<RequestOutcome, number>>;
  /** Requests of the other submissions that have a batch. */
  submitted: number;
  /** In the order of their making, as many as were asked for. */
  batch_ids: string[];
  /** What the provider says of all its batches. */
  batch_counts: { total: number; completed: number; failed: number };
}

/** What becomes of jobs, in one statement for all of a page; nothing is counted that is stored. */
export async function summarizeJobs(
  db: Database,
  jobIds: readonly string[],
  { maxBatchIds }: { maxBatchIds: number },
): Promise<Map<string, JobSummary>> {
  const [{ summaries }] = await db.$queryRaw<[{ summaries: string }]>`
    SELECT json_group_array(json_object(
      'job_id', job.value,
      'settled', (SELECT count(*) FROM submissions WHERE job_id = job.value AND settled_at IS NOT NULL),
      'outcomes', json((SELECT json_group_object(outcome, requests) FROM (
        SELECT stored.value->>0 AS outcome, sum(stored.value->>2) AS requests
        FROM submissions, json_each(submissions.outcomes) AS stored
        WHERE job_id = job.value AND settled_at IS NOT NULL GROUP BY 1))),
      'submitted', (SELECT coalesce(sum(request_count), 0) FROM submissions
        WHERE job_id = job.value AND settled_at IS NULL AND batch_id IS NOT NULL),
      'batch_ids', json((SELECT json_group_array(id) FROM (
        SELECT batches.id FROM batches LEFT JOIN submissions ON submissions.batch_id = batches.id
        WHERE batches.job_id = job.value ORDER BY batches.created_at, sequence, batches.id LIMIT ${maxBatchIds}))),
      'batch_counts', json((SELECT json_object(
          'total', coalesce(sum(requests_total), 0),
          'completed', coalesce(sum(requests_completed), 0),
          'failed', coalesce(sum(requests_failed), 0))
        FROM batches WHERE job_id = job.value))
    )) AS summaries FROM json_each(${JSON.stringify(jobIds)}) AS job`;
  const found = JSON.parse(summaries) as JobSummary[];
  return new Map(found.map((summary) => [summary.job_id, summary]));
}
