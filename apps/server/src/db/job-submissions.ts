import type { Batch } from '@batchdesk/shared';
import type { Database } from './database.ts';
import type { Submission } from './submissions.ts';

/** The submissions of a job in the order of their making, at most `limit`. */
export async function findSubmissionsOfJob(
  db: Database,
  job_id: string,
  { limit }: { limit: number },
): Promise<Submission[]> {
  return db.submission.findMany({ where: { job_id }, orderBy: { sequence: 'asc' }, take: limit });
}

/** The statuses of batches, by id. */
export async function findBatchStatuses(
  db: Database,
  batchIds: readonly string[],
): Promise<Map<string, Batch['status']>> {
  const rows = await db.$queryRaw<{ id: string; status: Batch['status'] }[]>`
    SELECT id, status FROM batches WHERE id IN (SELECT value FROM json_each(${JSON.stringify(batchIds)}))`;
  return new Map(rows.map(({ id, status }) => [id, status]));
}
