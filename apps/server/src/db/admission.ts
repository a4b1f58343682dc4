import type { Database } from './database.ts';

/** Notes that submissions are to be sent now. */
export async function markAdmitted(db: Database, ids: readonly string[]): Promise<void> {
  const where = { id: { in: [...ids] }, status: { in: ['planned', 'waiting_for_capacity'] } };
  await db.submission.updateMany({ where, data: { status: 'uploading', wait_reason: null } });
}

/** Whether a batch that was created since then, in Unix seconds, has passed validation. */
export async function hasPassedSince(db: Database, provider: string, since: number): Promise<boolean> {
  // The index is named: SQLite would read all batches of the provider.
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM batches INDEXED BY batches_created_at_id_idx
    WHERE created_at >= ${since} AND provider = ${provider} AND in_progress_at IS NOT NULL LIMIT 1`;
  return rows.length > 0;
}
