import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { Job, RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

/** What the submissions and batches of a job come to. */
export interface JobSummary {
  job_id: string;
  /** Submissions of which each request has its outcome. */
  settled: number;
  /** The outcomes of their requests, but of those that were handed on. */
  outcomes: Partial<Record<RequestOutcome, number>>;
  /** Requests of the other submissions that have a batch. */
  submitted: number;
  /** What the provider says of the batches of those. */
  answered: Job['answered'];
  /** Those with most requests first, at most 10. */
  models: string[];
  batch_count: number;
  /** In the order of their making, as many as were asked for. */
  batch_ids: string[];
  /** The batch of a job that was handed in as one. */
  batch_id: string | null;
  /** What the provider says of all its batches. */
  batch_counts: { total: number; completed: number; failed: number };
  /** What they cost, in 1e-10 US dollars, and how many of them ran and are not in it. */
  costs: { cost: bigint; synchronous_cost: bigint; unpriced: number };
  /** The tokens of its batches; null while none are known. */
  usage: Job['usage'];
  /** The earliest of its active batches. */
  expires_at: number | null;
  /** Why one of its active batches is taken for stuck. */
  stuck: NonNullable<Job['stuck']> | null;
  /** The first of its submissions that wait. */
  waiting: WaitingSubmission | null;
}

/** What a submission waits for. */
export interface WaitingSubmission {
  status: string;
  wait_reason: string;
  not_before: number;
  /** Nothing is sent for its model before. */
  blocked_until: number;
}

/** The models of a job: of its batches, and of submissions that have none. */
const MODELS = Prisma.sql`
  SELECT batches.model, coalesce(request_count, requests_total) AS requests
    FROM batches LEFT JOIN submissions ON submissions.batch_id = batches.id WHERE batches.job_id = job.value
  UNION ALL SELECT model, request_count FROM submissions WHERE job_id = job.value AND batch_id IS NULL`;

const IS_ACTIVE = Prisma.sql`status IN (${Prisma.join([...ACTIVE_STATUSES])})`;

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
      'answered', json((SELECT json_object(
          'completed', coalesce(sum(requests_completed), 0),
          'failed', coalesce(sum(requests_failed), 0))
        FROM submissions JOIN batches ON batches.id = submissions.batch_id
        WHERE submissions.job_id = job.value AND settled_at IS NULL)),
      'models', json((SELECT json_group_array(model) FROM (
        SELECT model FROM (${MODELS}) WHERE model IS NOT NULL
        GROUP BY model ORDER BY sum(requests) DESC, model LIMIT 10))),
      'batch_count', (SELECT count(*) FROM batches WHERE job_id = job.value),
      'batch_ids', json((SELECT json_group_array(id) FROM (
        SELECT batches.id FROM batches LEFT JOIN submissions ON submissions.batch_id = batches.id
        WHERE batches.job_id = job.value ORDER BY batches.created_at, sequence, batches.id LIMIT ${maxBatchIds}))),
      'batch_id', (SELECT iif(count(*) = 1, max(id), NULL) FROM (
        SELECT batch_id AS id FROM submissions WHERE job_id = job.value AND replaces IS NULL
        UNION ALL SELECT id FROM batches WHERE job_id = job.value
          AND NOT EXISTS (SELECT 1 FROM submissions WHERE submissions.batch_id = batches.id)
        LIMIT 2)),
      'batch_counts', json((SELECT json_object(
          'total', coalesce(sum(requests_total), 0),
          'completed', coalesce(sum(requests_completed), 0),
          'failed', coalesce(sum(requests_failed), 0))
        FROM batches WHERE job_id = job.value)),
      'costs', json((SELECT json_object(
          'cost', CAST(coalesce(sum(cost), 0) AS TEXT),
          'synchronous_cost', CAST(coalesce(sum(synchronous_cost), 0) AS TEXT),
          'unpriced', count(*) FILTER (WHERE cost IS NULL AND status IN ('completed', 'expired', 'cancelled')))
        FROM batches WHERE job_id = job.value)),
      'usage', json((SELECT json_object(
          'input_tokens', sum(input_tokens),
          'output_tokens', sum(output_tokens),
          'total_tokens', sum(coalesce(total_tokens, input_tokens + output_tokens)),
          'cached_tokens', coalesce(sum(cached_tokens), 0),
          'reasoning_tokens', coalesce(sum(reasoning_tokens), 0))
        FROM batches WHERE job_id = job.value AND input_tokens IS NOT NULL AND output_tokens IS NOT NULL
        HAVING count(*) > 0)),
      'expires_at', (SELECT min(expires_at) FROM batches WHERE job_id = job.value AND ${IS_ACTIVE}),
      'stuck', (SELECT stuck FROM batches WHERE job_id = job.value AND ${IS_ACTIVE} AND stuck IS NOT NULL LIMIT 1),
      'waiting', json((SELECT json_object('status', status, 'wait_reason', wait_reason, 'not_before', not_before,
          'blocked_until', coalesce((SELECT blocked_until FROM model_limits
            WHERE model_limits.provider = submissions.provider AND model_limits.model = submissions.model), 0))
        FROM submissions WHERE job_id = job.value AND batch_id IS NULL AND settled_at IS NULL AND wait_reason IS NOT NULL
        ORDER BY sequence LIMIT 1))
    )) AS summaries FROM json_each(${JSON.stringify(jobIds)}) AS job`;
  const found = JSON.parse(summaries) as RawSummary[];
  return new Map(found.map((summary) => [summary.job_id, fromRaw(summary)]));
}

function fromRaw({ costs: { cost, synchronous_cost, unpriced }, ...same }: RawSummary): JobSummary {
  return { ...same, costs: { cost: BigInt(cost), synchronous_cost: BigInt(synchronous_cost), unpriced } };
}
