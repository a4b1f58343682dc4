import { toDollars } from '@batchdesk/shared';
import type { BudgetState } from '@batchdesk/shared';
import { readUseOfJobs, readUseOfMonth } from '../db/budget-use.ts';
import type { BudgetUse } from '../db/budget-use.ts';
import { MONTH, findBudgets } from '../db/budgets.ts';
import type { StoredBudget } from '../db/budgets.ts';
import type { DatabaseOrTransaction } from '../db/database.ts';
import { monthOf } from '../month.ts';

/** A budget, and how much of it is gone. Amounts are in 1e-10 US dollars. */
export interface UsedBudget extends StoredBudget, BudgetUse {}

/** Whose budgets are read, and when, in Unix seconds. */
export interface BudgetReader {
  db: DatabaseOrTransaction;
  provider: string;
  now: number;
}

/** The budgets of scopes, by scope, with what is gone of them at this time; those that have none are left out. */
export async function readBudgets(
  reader: BudgetReader,
  scopes: readonly string[],
): Promise<Map<string, UsedBudget>> {
  return addUse(reader, await findBudgets(reader.db, scopes));
}

/** Budgets, by scope, with what is gone of them at this time. */
export async function addUse(
  { db, provider, now }: BudgetReader,
  budgets: readonly StoredBudget[],
): Promise<Map<string, UsedBudget>> {
  const jobIds = budgets.flatMap(({ scope }) => (scope === MONTH ? [] : scope));
  const uses = await readUseOfJobs(db, jobIds);
  if (jobIds.length < budgets.length) uses.set(MONTH, await readUseOfMonth(db, provider, monthOf(now)));
  return new Map(
    budgets.map((budget) => [budget.scope, Object.assign({ ...budget }, uses.get(budget.scope)!)]),
  );
}

/** How a budget stands: see `BudgetState`. */
export function stateOf({ limit, warn_at, committed, held }: UsedBudget): BudgetState['state'] {
  if (committed >= limit || held > 0) return 'reached';
  return isWarned({ limit, warn_at, committed }) ? 'warned' : 'ok';
}

/** Whether so much of a budget is gone that it is warned of. */
export function isWarned({
  limit,
  warn_at,
  committed,
}: Pick<UsedBudget, 'limit' | 'warn_at' | 'committed'>): boolean {
  return committed >= BigInt(Math.round(Number(limit) * warn_at));
}

/** A budget as its user sees it. */
export function toBudgetState(budget: UsedBudget): BudgetState {
  return {
    limit: toDollars(budget.limit),
    warn_at: budget.warn_at,
    at_limit: budget.at_limit,
    spent: toDollars(budget.spent),
    committed: toDollars(budget.committed),
    state: stateOf(budget),
    held: budget.held,
  };
}
