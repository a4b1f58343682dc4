import { toDollars } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { MONTH, findLiveBudgets, tellOfBudget } from '../db/budgets.ts';
import type { EventType, NewEvent } from '../db/events.ts';
import type { Deps } from '../deps.ts';
import { monthOf } from '../month.ts';
import { addUse, isWarned, stateOf } from './read-budgets.ts';
import type { UsedBudget } from './read-budgets.ts';

/** What is told of a budget, and when. */
const TOLD: readonly { word: string; type: EventType; isSo: (budget: UsedBudget) => boolean }[] = [
  { word: 'warned', type: 'budget.warned', isSo: isWarned },
  { word: 'reached', type: 'budget.reached', isSo: (budget) => stateOf(budget) === 'reached' },
];

/** Tells by events of budgets that are nearly gone or reached: once for each limit, and each month. */
export async function noteBudgets({ db, provider }: Pick<Deps, 'db' | 'provider'>): Promise<void> {
  const now = nowSeconds();
  const budgets = await findLiveBudgets(db);
  if (budgets.length === 0) return;
  const month = monthOf(now).name;
  for (const budget of (await addUse({ db, provider: provider.name, now }, budgets)).values()) {
    // What was told of another month is over.
    const period = budget.scope === MONTH ? month : 'job';
    const told = budget.noted?.startsWith(period) ? budget.noted : period;
    const news = TOLD.filter(({ word, isSo }) => !told.includes(word) && isSo(budget));
    if (news.length === 0) continue;
    const noted = [told, ...news.map(({ word }) => word)].join(' ');
    await tellOfBudget(db, budget, { noted, events: news.map(({ type }) => toEvent(type, budget, month)) });
  }
}

function toEvent(type: EventType, { scope, limit, committed }: UsedBudget, month: string): NewEvent {
  const amounts = { limit: toDollars(limit), committed: toDollars(committed) };
  if (scope === MONTH) return { type, data: { scope, month, ...amounts } };
  return { type, job_id: scope, data: { scope: 'job', ...amounts } };
}
