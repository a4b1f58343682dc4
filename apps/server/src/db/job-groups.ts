import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { countRequests } from './request-pages.ts';
import type { RequestGroup } from './request-pages.ts';

/**
 * How many requests of a job have which outcome and error code, by submission. What is settled was counted then: only the
 * requests that may still change are counted on the index.
 */
export async function countRequestsOfJob(db: Database, job_id: string): Promise<RequestGroup[]> {
  const submissions = await db.submission.findMany({
    where: { job_id },
    select: { id: true, settled_at: true, outcomes: true },
  });
  const groups: RequestGroup[] = [];
  for (const { id: submission_id, settled_at, outcomes } of submissions) {
    if (settled_at === null || outcomes === null) {
      const all = await countRequests(db, { job_id, submission_id });
      groups.push(...all.filter(({ is_superseded }) => !is_superseded));
      continue;
    }
    const stored = JSON.parse(outcomes) as [RequestOutcome, string | null, number][];
    for (const [outcome, error_code, count] of stored) {
      groups.push({ submission_id, is_superseded: false, outcome, error_code, count });
    }
  }
  return groups;
}
