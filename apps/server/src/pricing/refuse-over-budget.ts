import { BatchdeskError, toDollars } from '@batchdesk/shared';
import { MONTH } from '../db/budgets.ts';
import { readBudgets } from './read-budgets.ts';
import type { BudgetReader } from './read-budgets.ts';

/** Decimals of an amount of a dollar or more; smaller ones have as many digits that are not 0. */
const DIGITS = 2;
/** Decimals that amounts are kept with. */
const MOST_DECIMALS = 10;

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
  const limit = toPlainDollars(budget.limit, MOST_DECIMALS);
  throw new BatchdeskError('budget_exceeded', {
    details: { expected: showBeside(expected, limit), limit },
  });
}

/** An amount in dollars, with as many digits as tell it from the limit that it passes. */
function showBeside(amount: bigint, limit: string): string {
  for (let digits = DIGITS; digits < MOST_DECIMALS; digits += 1) {
    const text = toPlainDollars(amount, digits);
    if (Number(text) > Number(limit)) return text;
  }
  return toPlainDollars(amount, MOST_DECIMALS);
}

/** An amount in dollars without an exponent: `12.5`, `0.0012`. */
function toPlainDollars(units: bigint, digits: number): string {
  const dollars = toDollars(units);
  const leading = dollars > 0 && dollars < 1 ? Math.floor(-Math.log10(dollars)) : 0;
  const text = dollars.toFixed(Math.min(leading + digits, MOST_DECIMALS));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
