import { toUnits } from '@batchdesk/shared';
import type { Budget } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import type { NewEvent } from './events.ts';

/** The scope of the budget of each month; the others are ids of jobs. */
export const MONTH = 'month';

/** What may be spent in a scope. */
export interface StoredBudget {
  /** `MONTH`, or the id of a job. */
  scope: string;
  /** In 1e-10 US dollars. */
  limit: bigint;
  /** Share of the limit. */
  warn_at: number;
  at_limit: Budget['at_limit'];
  /** What was told of it, and of which month: `2026-11 warned reached`; of a job `job warned`. */
  noted: string | null;
}

/** Seconds for which a job that has ended is still looked at: its last costs may come at its end. */
const AFTERWARDS_SECONDS = 600;

/** The budgets of some scopes; those that have none are left out. */
export async function findBudgets(
  db: DatabaseOrTransaction,
  scopes: readonly string[],
): Promise<StoredBudget[]> {
  return db.$queryRaw<StoredBudget[]>`
    SELECT scope, "limit", warn_at, at_limit, noted FROM budgets
    WHERE scope IN (SELECT value FROM json_each(${JSON.stringify(scopes)}))`;
}

/** The budgets that something may happen to: that of the month, and those of jobs that go on or ended a moment ago. */
export async function findLiveBudgets(db: Database): Promise<StoredBudget[]> {
  // By the jobs: those that have ended long ago keep their budgets.
  return db.$queryRaw<StoredBudget[]>`
    SELECT scope, "limit", warn_at, at_limit, noted FROM budgets WHERE scope IN (
      SELECT ${MONTH}
      UNION ALL SELECT id FROM jobs WHERE status IN ('in_progress', 'cancelling')
      UNION ALL SELECT id FROM jobs WHERE finished_at > ${nowSeconds() - AFTERWARDS_SECONDS}
    )`;
}

/**
 * Sets or removes the budget of a scope. What was told is told again once the limit or its share is another one, and what it
 * held is chosen anew. Returns `false` when there is no job of that id.
 */
export async function saveBudget(db: Database, scope: string, budget: Budget | null): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    if (scope !== MONTH) {
      const where = { id: scope, status: { not: 'accepting' } };
      if ((await transaction.job.count({ where })) === 0) return false;
    }
    await writeBudget(transaction, scope, budget);
    const held = {
      wait_reason: scope === MONTH ? 'month_budget' : 'job_budget',
      status: 'waiting_for_capacity',
    };
    await transaction.submission.updateMany({
      where: scope === MONTH ? held : { ...held, job_id: scope },
      data: { status: 'planned', wait_reason: null },
    });
    return true;
  });
}

/** Writes the budget of a scope that is known to exist. */
export async function writeBudget(
  db: DatabaseOrTransaction,
  scope: string,
  budget: Budget | null,
): Promise<void> {
  if (!budget) {
    await db.budget.deleteMany({ where: { scope } });
    return;
  }
  const { warn_at, at_limit } = budget;
  const limit = toUnits(budget.limit);
  const before = await db.budget.findUnique({ where: { scope } });
  const isSame = before?.limit === limit && before.warn_at === warn_at;
  const data = {
    limit,
    warn_at,
    at_limit,
    noted: isSame ? before.noted : null,
    updated_at: nowSeconds(),
  };
  await db.budget.upsert({ where: { scope }, create: { scope, ...data }, update: data });
}

/** Tells of a budget, unless it was changed or told of meanwhile. */
export async function tellOfBudget(
  db: Database,
  budget: StoredBudget,
  { noted, events }: { noted: string; events: readonly NewEvent[] },
): Promise<void> {
  const { scope, limit, noted: before } = budget;
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.budget.updateMany({
      where: { scope, limit, noted: before },
      data: { noted },
    });
    if (count === 0) return;
    for (const event of events) await recordEvent(transaction, event);
  });
}
