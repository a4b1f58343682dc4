import { BatchdeskError, toDecimal, toDollars } from '@batchdesk/shared';
import { MONTH } from '../db/budgets.ts';
import { readBudgets } from './read-budgets.ts';
import type { BudgetReader } from './read-budgets.ts';

/**
 * Refuses what the budget of the month has no room for, if it holds: what costs more than is left; and what may cost
 * anything, `null`, once nothing is left.
 *
 * @throws {BatchdeskError} `budget_exceeded`
 */
export async function refuseOverBudget(reader: BudgetReader, cost: bigint | null): Promise<void> {
  if (cost === 0n) return;
  const budget = (await readBudgets(reader, [MONTH])).get(MONTH);
  if (budget?.at_limit !== 'hold') return;
  const expected = budget.committed + (cost ?? 0n);
  if (cost === null ? expected < budget.limit : expected <= budget.limit) return;
  throw new BatchdeskError('budget_exceeded', {
    details: { expected: toDecimal(toDollars(expected)), limit: toDecimal(toDollars(budget.limit)) },
  });
}
