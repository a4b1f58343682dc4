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
  /** What they cost, in 1e-10 US dollars, and how many of them ran and are not in it. */
  costs: { cost: bigint; synchronous_cost: bigint; unpriced: number };
}

/** As text: what is larger than 2^53 would not come through JSON. */
type RawSummary = Omit<JobSummary, 'costs'> & {
  costs: { cost: string; synchronous_cost: string; unpriced: number };
};

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
        FROM batches WHERE job_id = job.value)),
      'costs', json((SELECT json_object(
          'cost', CAST(coalesce(sum(cost), 0) AS TEXT),
          'synchronous_cost', CAST(coalesce(sum(synchronous_cost), 0) AS TEXT),
          'unpriced', count(*) FILTER (WHERE cost IS NULL AND status IN ('completed', 'expired', 'cancelled')))
        FROM batches WHERE job_id = job.value))
    )) AS summaries FROM json_each(${JSON.stringify(jobIds)}) AS job`;
  const found = JSON.parse(summaries) as RawSummary[];
  return new Map(found.map((summary) => [summary.job_id, fromRaw(summary)]));
}

function fromRaw({ costs: { cost, synchronous_cost, unpriced }, ...same }: RawSummary): JobSummary {
  return { ...same, costs: { cost: BigInt(cost), synchronous_cost: BigInt(synchronous_cost), unpriced } };
}
