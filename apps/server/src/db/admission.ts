import type { Database } from './database.ts';

/** Notes that submissions are to be sent now. */
export async function markAdmitted(db: Database, ids: readonly string[]): Promise<void> {
  const where = { id: { in: [...ids] }, status: { in: ['planned', 'waiting_for_capacity'] } };
  await db.submission.updateMany({ where, data: { status: 'uploading', wait_reason: null } });
}

/** Whether a batch that was created since then, in Unix seconds, has passed validation. */
export async function hasPassedSince(db: Database, provider: string, since: number): Promise<boolean> {
  const where = { provider, created_at: { gte: since }, in_progress_at: { not: null } };
  return (await db.batch.findFirst({ where, select: { id: true } })) !== null;
}
