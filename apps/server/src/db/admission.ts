import { nowSeconds } from '../clock.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';

/** What a submission is expected to cost, in 1e-10 US dollars; `null` when that cannot be known. */
export interface ExpectedCost {
  id: string;
  estimated_cost: bigint | null;
}

/** Notes that submissions are to be sent now, and what they are expected to cost. */
export async function markAdmitted(
  db: DatabaseOrTransaction,
  admitted: readonly ExpectedCost[],
): Promise<void> {
  await noteExpectedCosts(db, admitted);
  const now = nowSeconds();
  await db.$executeRaw`
    UPDATE submissions SET status = 'uploading', wait_reason = NULL, admitted_at = coalesce(admitted_at, ${now})
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(admitted.map(({ id }) => id))}))
      AND status IN ('planned', 'waiting_for_capacity')`;
}

/** Notes what submissions that are still to be sent are expected to cost. */
export async function noteExpectedCosts(
  db: DatabaseOrTransaction,
  expected: readonly ExpectedCost[],
): Promise<void> {
  if (expected.length === 0) return;
  const pairs = expected.map(({ id, estimated_cost }) => [id, estimated_cost?.toString() ?? null]);
  await db.$executeRaw`
    UPDATE submissions SET estimated_cost = CAST(expected.value->>1 AS INTEGER)
    FROM json_each(${JSON.stringify(pairs)}) AS expected
    WHERE submissions.id = expected.value->>0 AND status IN ('planned', 'waiting_for_capacity')`;
}

/** Whether a batch that was created since then, in Unix seconds, has passed validation. */
export async function hasPassedSince(db: Database, provider: string, since: number): Promise<boolean> {
  // The index is named: SQLite would read all batches of the provider.
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM batches INDEXED BY batches_created_at_id_idx
    WHERE created_at >= ${since} AND provider = ${provider} AND in_progress_at IS NOT NULL LIMIT 1`;
  return rows.length > 0;
}
