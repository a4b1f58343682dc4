import type { Budget, WaitReason } from '@batchdesk/shared';
import { MONTH } from '../db/budgets.ts';

/** What a budget has room for. Amounts are in 1e-10 US dollars. */
export interface BudgetRoom {
  limit: bigint;
  /** What is spent, and what is under way. */
  committed: bigint;
  at_limit: Budget['at_limit'];
}

/** Whose money it takes to send a submission, and how much. */
export interface Payer {
  job_id: string;
  /** `null` when that cannot be known: no budget holds it. */
  estimated_cost: bigint | null;
}

/** Decides, one after the other, what budgets leave room for. */
export interface BudgetKeeper {
  /** Why a submission has to wait. What comes after it of the same job, and costs something, waits with it. */
  holds(one: Payer): WaitReason | null;
  /** Takes what one costs that goes. */
  take(one: Payer): void;
}

/** Keeps to the budgets of a month and of jobs, by scope. Submissions come in the order of their jobs, and each once. */
export function createBudgetKeeper(budgets: ReadonlyMap<string, BudgetRoom>): BudgetKeeper {
  const taken = new Map<string, bigint>();
  const stopped = new Map<string, WaitReason>();

  function lacks(scope: string, cost: bigint): boolean {
    const budget = budgets.get(scope);
    if (budget?.at_limit !== 'hold') return false;
    return budget.committed + (taken.get(scope) ?? 0n) + cost > budget.limit;
  }

  return {
    holds({ job_id, estimated_cost: cost }) {
      // What costs nothing takes no money from anybody.
      if (cost === null || cost === 0n) return null;
      const before = stopped.get(job_id);
      if (before) return before;
      const reason = lacks(job_id, cost) ? 'job_budget' : lacks(MONTH, cost) ? 'month_budget' : null;
      if (reason) stopped.set(job_id, reason);
      return reason;
    },
    take({ job_id, estimated_cost: cost }) {
      for (const scope of [job_id, MONTH]) taken.set(scope, (taken.get(scope) ?? 0n) + (cost ?? 0n));
    },
  };
}
