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
