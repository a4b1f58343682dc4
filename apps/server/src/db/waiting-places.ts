import type { Batch } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Where a submission stands among those that wait for the same model. */
export interface WaitingPlace {
  /** 1 goes next. */
  position: number;
  /** Nothing is sent for the model before. */
  blocked_until: number;
}

/** The places of the waiting submissions of a job, by id. Whose job is older goes first; those that a budget holds have none. */
export async function findWaitingPlaces(
  db: Database,
  { job_id, provider }: { job_id: string; provider: Batch['provider'] },
): Promise<Map<string, WaitingPlace>> {
  const rows = await db.$queryRaw<{ id: string; position: bigint; blocked_until: number | bigint | null }[]>`
    SELECT id, position, blocked_until FROM (
      SELECT submissions.id, submissions.job_id, submissions.model, row_number() OVER (
        PARTITION BY submissions.model ORDER BY jobs.created_at, jobs.id, submissions.sequence) AS position
      FROM submissions JOIN jobs ON jobs.id = submissions.job_id
      WHERE submissions.status IN ('planned', 'waiting_for_capacity') AND submissions.provider = ${provider}
        AND ifnull(submissions.wait_reason, '') NOT IN ('job_budget', 'month_budget')
        AND jobs.status <> 'accepting') AS waiting
    LEFT JOIN model_limits ON model_limits.provider = ${provider} AND model_limits.model = waiting.model
    WHERE job_id = ${job_id}`;
  return new Map(
    rows.map(({ id, position, blocked_until }) => [
      id,
      { position: Number(position), blocked_until: Number(blocked_until ?? 0) },
    ]),
  );
}
