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

/** The submission that a batch came of, `null` when it was made elsewhere. */
export async function findSubmissionOfBatch(db: Database, batch_id: string): Promise<Submission | null> {
  return db.submission.findUnique({ where: { batch_id } });
}

/** Submissions whose results are all here and that are not settled yet, at most `limit`. */
export async function findUnsettled(db: Database, limit: number): Promise<Submission[]> {
  return db.$queryRaw<Submission[]>`
    SELECT submissions.* FROM submissions JOIN batches ON batches.id = submissions.batch_id
    WHERE submissions.settled_at IS NULL AND submissions.status = 'submitted' AND batches.collected_at IS NOT NULL
    LIMIT ${limit}`;
}

/** The submissions of a job each of whose requests has its outcome, in the order of their making. */
export async function findSettledOfJob(db: Database, job_id: string): Promise<Submission[]> {
  return db.submission.findMany({
    where: { job_id, settled_at: { not: null } },
    orderBy: { sequence: 'asc' },
  });
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
