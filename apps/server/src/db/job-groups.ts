import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { countRequests } from './request-groups.ts';
import type { RequestGroup, RequestKind } from './request-groups.ts';

/**
 * How many requests of a job have which outcome and error code, by submission; only of the kinds that pass. What is settled
 * was counted then: only the requests that may still change are counted on the index.
 */
export async function countRequestsOfJob(
  db: Database,
  job_id: string,
  passes?: (kind: RequestKind) => boolean,
): Promise<RequestGroup[]> {
  const submissions = await db.submission.findMany({
    where: { job_id },
    select: { id: true, settled_at: true, outcomes: true },
  });
  const isWanted = (kind: RequestKind) => !kind.is_superseded && (!passes || passes(kind));
  const groups: RequestGroup[] = [];
  for (const { id: submission_id, settled_at, outcomes } of submissions) {
    if (settled_at === null || outcomes === null) {
      groups.push(...(await countRequests(db, { submission_id }, passes && isWanted)).filter(isWanted));
      await nextTurn();
      continue;
    }
    const stored = JSON.parse(outcomes) as [RequestOutcome, string | null, number][];
    for (const [outcome, error_code, count] of stored) {
      const kind = { submission_id, is_superseded: false, outcome, error_code };
      if (isWanted(kind)) groups.push({ ...kind, count });
    }
  }
  return groups;
}
