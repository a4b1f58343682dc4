import type { Database } from './database.ts';
import type { Submission } from './submissions.ts';

/** Settled submissions of a provider that may have files there which no batch uses, the latest 1,000. */
export async function findUntidied(db: Database, provider: string): Promise<Submission[]> {
  return db.submission.findMany({
    where: {
      provider,
      settled_at: { not: null },
      OR: [
        { uploads: { gt: 1 } },
        { uploads: 1, status: { in: ['failed', 'cancelled'] }, is_whole: false },
        { uploads: 1, error_code: { not: null }, is_whole: false },
      ],
    },
    orderBy: { settled_at: 'desc' },
    take: 1_000,
  });
}

/** Submissions of jobs that were never accepted, and of which the provider may have a file. */
export async function findAbandoned(db: Database, provider: string): Promise<Submission[]> {
  return db.submission.findMany({
    where: { provider, status: 'abandoned', uploads: { gt: 0 } },
    take: 1_000,
  });
}

/** Notes that no such files are left. */
export async function markTidied(db: Database, id: string): Promise<void> {
  await db.submission.update({ where: { id }, data: { uploads: 0 } });
}

/** A submission as it is now. */
export async function findSubmission(db: Database, id: string): Promise<Submission | null> {
  return db.submission.findUnique({ where: { id } });
}
