import { BatchdeskError } from '@batchdesk/shared';
import type { Budget, BudgetState } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { saveBudget } from '../db/budgets.ts';
import type { Deps } from '../deps.ts';
import { readBudgets, toBudgetState } from './read-budgets.ts';

/** The budgets of jobs, by their ids; those that have none are left out. */
export async function readJobBudgets(
  { db }: Pick<Deps, 'db'>,
  jobIds: readonly string[],
): Promise<Map<string, BudgetState>> {
  const budgets = await readBudgets({ db, provider: '', now: nowSeconds() }, jobIds);
  return new Map([...budgets].map(([id, budget]) => [id, toBudgetState(budget)]));
}

/**
 * Sets what a job may cost, or that there is no such limit; of one that has ended too, since it can be tried again.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function setJobBudget(
  { db }: Pick<Deps, 'db'>,
  job_id: string,
  budget: Budget | null,
): Promise<void> {
  if (!(await saveBudget(db, job_id, budget))) {
    throw new BatchdeskError('job_not_found', { details: { job_id } });
  }
}
