import { toDollars } from '@batchdesk/shared';
import type { Budget, MonthBudget } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { countUnpriced, readUseOfMonth } from '../db/budget-use.ts';
import { MONTH, saveBudget } from '../db/budgets.ts';
import type { Deps } from '../deps.ts';
import { monthOf } from '../month.ts';
import { readBudgets, toBudgetState } from './read-budgets.ts';

type BudgetDeps = Pick<Deps, 'db' | 'provider'>;

/** What may be spent in each month, and what is spent in this one, at the provider in use. */
export async function readMonthBudget({ db, provider }: BudgetDeps): Promise<MonthBudget> {
  const now = nowSeconds();
  const month = monthOf(now);
  const budget = (await readBudgets({ db, provider: provider.name, now }, [MONTH])).get(MONTH);
  const { spent } = budget ?? (await readUseOfMonth(db, provider.name, month));
  return {
    month: month.name,
    spent: toDollars(spent),
    unpriced_batches: await countUnpriced(db, provider.name, month),
    budget: budget ? toBudgetState(budget) : null,
  };
}

/** Sets what may be spent in each month, or that there is no such limit. */
export async function setMonthBudget(deps: BudgetDeps, budget: Budget | null): Promise<MonthBudget> {
  await saveBudget(deps.db, MONTH, budget);
  return readMonthBudget(deps);
}
