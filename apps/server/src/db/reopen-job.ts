import type { DatabaseOrTransaction } from './database.ts';

/** Lets a job that has ended go on. A deadline that has passed is no longer one: somebody has asked for more. */
export async function reopenJob(db: DatabaseOrTransaction, jobId: string): Promise<void> {
  await db.job.updateMany({
    where: { id: jobId, status: { in: ['completed', 'cancelled'] } },
    data: { status: 'in_progress', finished_at: null, completion_deadline: null },
  });
}
