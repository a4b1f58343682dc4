import { nowSeconds } from '../clock.ts';
import { monthOf } from '../month.ts';
import type { Database } from './database.ts';

/** Seconds until the background has something to do that waits for a time; `null` when nothing does. */
export async function secondsUntilDue(db: Database, provider: string): Promise<number | null> {
  const [{ due }] = await db.$queryRaw<[{ due: bigint | null }]>`
    SELECT min(due) AS due FROM (
      SELECT min(refresh_at) AS due FROM batches
      WHERE provider = ${provider} AND status IN ('validating', 'in_progress', 'finalizing', 'cancelling')
      UNION ALL
      SELECT min(collect_after) FROM batches
      WHERE collected_at IS NULL AND provider = ${provider}
        AND status NOT IN ('validating', 'in_progress', 'finalizing', 'cancelling')
      UNION ALL
      SELECT min(max(not_before, claimed_until)) FROM submissions
      WHERE provider = ${provider} AND status IN ('planned', 'waiting_for_capacity', 'uploading', 'creating')
        AND max(not_before, claimed_until) > ${nowSeconds()}
      UNION ALL
      SELECT min(completion_deadline) FROM jobs WHERE status = 'in_progress'
      UNION ALL
      SELECT min(probe_at) FROM provider_pauses WHERE provider = ${provider} AND probe_at > ${nowSeconds()}
      UNION ALL
      SELECT min(blocked_until) FROM model_limits
      WHERE provider = ${provider} AND blocked_until > ${nowSeconds()}
      UNION ALL
      SELECT ${monthOf(nowSeconds()).end} WHERE EXISTS (SELECT 1 FROM submissions
        WHERE provider = ${provider} AND status = 'waiting_for_capacity' AND wait_reason = 'month_budget'))`;
  return due === null ? null : Math.max(0, Number(due) - nowSeconds());
}
