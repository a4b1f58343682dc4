import type { Month } from '../month.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/** How much of a budget is gone. Amounts are in 1e-10 US dollars. */
export interface BudgetUse {
  /** What batches cost so far. */
  spent: bigint;
  /** That, and what is under way will cost beyond it. */
  committed: bigint;
  /** Submissions that are not sent because of it. */
  held: number;
}

interface RawUse {
  scope: string;
  spent: string;
  reserved: string;
  held: bigint;
}

/**
 * What a submission `s`, its batch `b`, will still cost beyond what it costs already. Once the batch has ended and has a
 * cost, that is all; one that failed ran nothing.
 */
const RESERVED = Prisma.sql`coalesce(sum(CASE
  WHEN b.status = 'failed' OR b.cost > 0 AND b.status IN ('completed', 'expired', 'cancelled') THEN 0
  ELSE max(0, s.estimated_cost - coalesce(b.cost, 0)) END), 0)`;

/** What was let go and is not settled; that of `create` is claimed from its beginning. */
const IS_UNDER_WAY = Prisma.sql`s.settled_at IS NULL AND s.estimated_cost IS NOT NULL AND (
  s.status IN ('uploading', 'creating', 'submitted')
  OR s.status IN ('planned', 'waiting_for_capacity') AND (s.claimed_until > unixepoch()
    OR EXISTS (SELECT 1 FROM jobs j WHERE j.id = s.job_id AND j.kind = 'batch' AND j.status = 'accepting')))`;

/** How much of the budgets of jobs is gone, by their ids, in one statement. */
export async function readUseOfJobs(
  db: DatabaseOrTransaction,
  jobIds: readonly string[],
): Promise<Map<string, BudgetUse>> {
  if (jobIds.length === 0) return new Map();
  const rows = await db.$queryRaw<RawUse[]>`
    SELECT job.value AS scope,
      CAST((SELECT coalesce(sum(cost), 0) FROM batches WHERE job_id = job.value) AS TEXT) AS spent,
      CAST((SELECT ${RESERVED} FROM submissions s INDEXED BY submissions_job_id_sequence_idx
        LEFT JOIN batches b ON b.id = s.batch_id
        WHERE s.job_id = job.value AND ${IS_UNDER_WAY}) AS TEXT) AS reserved,
      (SELECT count(*) FROM submissions WHERE job_id = job.value AND status = 'waiting_for_capacity'
        AND wait_reason = 'job_budget') AS held
    FROM json_each(${JSON.stringify(jobIds)}) AS job`;
  return new Map(rows.map((row) => [row.scope, toUse(row)]));
}

/**
 * How much of a month's budget is gone at a provider: by batches that were created in it, those too that were deleted here,
 * and what will be.
 */
export async function readUseOfMonth(
  db: DatabaseOrTransaction,
  provider: string,
  { name, start }: Month,
): Promise<BudgetUse> {
  const [row] = await db.$queryRaw<[RawUse]>`
    SELECT 'month' AS scope,
      CAST((SELECT coalesce(sum(cost), 0) FROM (
        SELECT cost FROM batch_totals WHERE group_by = '' AND period = ${name} AND provider = ${provider}
        UNION ALL SELECT cost FROM deleted_costs WHERE provider = ${provider} AND month = ${name})) AS TEXT) AS spent,
      CAST((SELECT ${RESERVED} FROM submissions s INDEXED BY submissions_settled_at_status_idx
        LEFT JOIN batches b ON b.id = s.batch_id
        WHERE s.provider = ${provider} AND coalesce(b.created_at, ${start}) >= ${start} AND ${IS_UNDER_WAY}) AS TEXT) AS reserved,
      (SELECT count(*) FROM submissions WHERE provider = ${provider} AND status = 'waiting_for_capacity'
        AND wait_reason = 'month_budget') AS held`;
  return toUse(row);
}

/** Batches of a month that ran at a provider and whose cost is not known. */
export async function countUnpriced(
  db: Database,
  provider: string,
  { name: period }: Month,
): Promise<number> {
  const where = { group_by: '', period, provider };
  const { _sum } = await db.batchTotal.aggregate({ where, _sum: { unpriced: true } });
  return _sum.unpriced ?? 0;
}

function toUse({ spent, reserved, held }: RawUse): BudgetUse {
  return {
    spent: BigInt(spent),
    committed: BigInt(spent) + BigInt(reserved),
    held: Number(held),
  };
}
